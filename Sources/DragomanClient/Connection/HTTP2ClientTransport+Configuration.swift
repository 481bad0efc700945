import GRPCCore
import GRPCNIOTransportHTTP2
import Platform

extension HTTP2ClientTransport.Posix {
    /// - Throws: ``DragomanError`` (configuration) where certificates can't be read or don't fit.
    init(_ configuration: DragomanClient.Configuration) throws(DragomanError) {
        var settings = Config.defaults
        // A gateway that was started anew is to be found soon.
        settings.backoff = HTTP2ClientTransport.Config.Backoff(
            initial: .milliseconds(100), max: .seconds(5), multiplier: 1.6, jitter: 0.2)
        settings.connection.keepalive = configuration.keepalive.map {
            HTTP2ClientTransport.Config.Keepalive(time: $0, timeout: .seconds(20), allowWithoutCalls: false)
        }
        let security = try configuration.security.forTransport()
        if case .tls(let options) = configuration.security { settings.http2.authority = options.serverName }
        do {
            try self.init(target: configuration.endpoint.target, transportSecurity: security, config: settings)
        } catch {
            throw DragomanError(
                .configuration, "the TLS certificates for the gateway at \(configuration.endpoint) don't fit",
                cause: error)
        }
    }
}

extension TransportSecurity {
    fileprivate func forTransport() throws(DragomanError) -> HTTP2ClientTransport.Posix.TransportSecurity {
        guard case .tls(let options) = self else { return .plaintext }
        var tls = HTTP2ClientTransport.Posix.TransportSecurity.TLS.defaults()
        if let file = options.authoritiesFile {
            try Self.check(file, "authorities")
            tls.trustRoots = .certificates([.file(path: file, format: .pem)])
        }
        if let identity = options.identity {
            try Self.check(identity.certificateFile, "client certificate")
            try Self.check(identity.keyFile, "client's private key")
            tls.certificateChain = [.file(path: identity.certificateFile, format: .pem)]
            tls.privateKey = .file(path: identity.keyFile, format: .pem)
        }
        return .tls(tls)
    }

    /// What the TLS library says of a file that is not there doesn't name it.
    private static func check(_ path: String, _ what: String) throws(DragomanError) {
        do {
            _ = try OpenFile(path: path)
        } catch {
            throw DragomanError(.configuration, "the \(what) can't be read", cause: error)
        }
    }
}
