import Foundation

/// An authority made for one test, and what it has signed: a certificate for `localhost` and `127.0.0.1`, and one for a
/// client. All PEM, made by the program `openssl`.
public final class TestCertificates: Sendable {
    private let folder: TemporaryDirectory

    /// The authority's certificate.
    public var authority: String { folder.file("authority.pem") }
    /// The server's certificate.
    public var serverCertificate: String { folder.file("server.pem") }
    /// Its key.
    public var serverKey: String { folder.file("server.key") }
    /// The client's certificate.
    public var clientCertificate: String { folder.file("client.pem") }
    /// Its key.
    public var clientKey: String { folder.file("client.key") }

    /// What `openssl` could not do.
    public struct Failure: Error, CustomStringConvertible {
        /// What it was told, and what it said.
        public let description: String
    }

    /// Makes them in a folder that lives as long as the object.
    /// - Parameter names: whom the server's certificate is for.
    /// - Throws: ``Failure``, also where there is no `openssl`.
    public init(names: String = "DNS:localhost,IP:127.0.0.1") throws {
        folder = try TemporaryDirectory()
        try folder.write("subjectAltName=\(names)\n".utf8, to: "server.ext")
        try folder.write("extendedKeyUsage=clientAuth\n".utf8, to: "client.ext")
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
        try openssl(
            ["req", "-x509", "-days", "2", "-subj", "/CN=test authority"] + key
                + ["-keyout", "authority.key", "-out", "authority.pem"])
        for name in ["server", "client"] {
            try openssl(["req", "-subj", "/CN=\(name)"] + key + ["-keyout", "\(name).key", "-out", "\(name).csr"])
            try openssl([
                "x509", "-req", "-days", "2", "-in", "\(name).csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                "-extfile", "\(name).ext", "-out", "\(name).pem",
            ])
        }
    }

    private func openssl(_ arguments: [String]) throws {
        let messages = Pipe()
        let process = try SpawnedProcess(
            "/usr/bin/env", ["openssl"] + arguments, folder: folder.path, output: .pipe(messages),
            messages: .pipe(messages))
        let said = messages.fileHandleForReading.readDataToEndOfFile()
        guard process.waitForEnd() == .exit(0) else {
            throw Failure(description: "openssl \(arguments): \(String(decoding: said, as: UTF8.self))")
        }
    }
}
