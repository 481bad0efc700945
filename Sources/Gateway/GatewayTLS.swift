import Foundation
import GRPCNIOTransportHTTP2

/// Certificate and key of a gateway, as PEM files.
public struct GatewayTLS: Sendable {
    /// The certificate and those it was signed with.
    public var certificate: String
    /// Its private key.
    public var key: String
    /// What clients' certificates have to be signed with; `nil` asks for none.
    public var clientAuthority: String?

    /// Names the files.
    public init(certificate: String, key: String, clientAuthority: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientAuthority = clientAuthority
    }

    /// - Throws: ``GatewayError`` (credentials) for a file that can't be read.
    func security() throws(GatewayError) -> HTTP2ServerTransport.Posix.TransportSecurity {
        for path in [certificate, key] + (clientAuthority.map { [$0] } ?? [])
        where !FileManager.default.isReadableFile(atPath: path) {
            throw GatewayError(.credentials, "'\(path)' can't be read: expected a PEM file")
        }
        let chain: [TLSConfig.CertificateSource] = [.file(path: certificate, format: .pem)]
        let key = TLSConfig.PrivateKeySource.file(path: key, format: .pem)
        guard let clientAuthority else { return .tls(certificateChain: chain, privateKey: key) }
        return .mTLS(certificateChain: chain, privateKey: key) { config in
            config.trustRoots = .certificates([.file(path: clientAuthority, format: .pem)])
            // Clients have no names of hosts.
            config.clientCertificateVerification = .noHostnameVerification
        }
    }
}
