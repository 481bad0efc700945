import TestSupport

/// Certificates that openssl makes: of an authority, of a server on the loopback interface and a client that it has
/// signed, and of a stranger that signs for himself.
struct Certificates {
    let authority: String
    let server: (certificate: String, key: String)
    let client: (certificate: String, key: String)
    let stranger: (certificate: String, key: String)

    init(in folder: TemporaryDirectory) async throws {
        let openssl = try TestRequirement.program("openssl")
        func make(_ name: String, signedBy authority: (certificate: String, key: String)?) async throws
            -> (certificate: String, key: String)
        {
            let files = (certificate: folder.file(name + ".pem"), key: folder.file(name + ".key"))
            let signature = authority.map { ["-CA", $0.certificate, "-CAkey", $0.key] } ?? []
            let outcome = try await Program.run(
                openssl,
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout",
                    files.key, "-out", files.certificate,
                ] + signature)
            guard outcome.status == 0 else { throw Failed(messages: outcome.messages) }
            return files
        }
        let root = try await make("authority", signedBy: nil)
        authority = root.certificate
        server = try await make("server", signedBy: root)
        client = try await make("client", signedBy: root)
        stranger = try await make("stranger", signedBy: nil)
    }

    private struct Failed: Error {
        let messages: String
    }
}
