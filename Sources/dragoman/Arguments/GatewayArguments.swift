import ArgumentParser
import CommandSupport
import DragomanClient

/// Where a gateway is, and how to talk to it.
struct GatewayArguments: SettingArguments {
    @Option(help: ArgumentHelp("Go through the gateway there, not to the brokers.", valueName: "host:port"))
    var gateway: String?

    @Option(help: ArgumentHelp("File of the token that the gateway asks for.", valueName: "file"), completion: .file())
    var gatewayTokenFile: String?

    @Option(
        help: ArgumentHelp(
            "Trust gateways that one of these has signed (PEM). (default: the system's authorities)", valueName: "file"),
        completion: .file())
    var gatewayCA: String?

    @Option(
        help: ArgumentHelp("Show the gateway this certificate, and those that signed it (PEM).", valueName: "file"),
        completion: .file())
    var gatewayCertificate: String?

    @Option(help: ArgumentHelp("The certificate's private key (PEM).", valueName: "file"), completion: .file())
    var gatewayKey: String?

    @Flag(help: "Talk to the gateway in the clear.")
    var gatewayPlaintext = false

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.clientGateway, gateway, flag: "--gateway")
        flags.set(.clientTokenFile, gatewayTokenFile, flag: "--gateway-token-file")
        flags.set(.clientCA, gatewayCA, flag: "--gateway-ca")
        flags.set(.clientCertificate, gatewayCertificate, flag: "--gateway-certificate")
        flags.set(.clientKey, gatewayKey, flag: "--gateway-key")
        flags.set(.clientPlaintext, gatewayPlaintext ? true : nil, flag: "--gateway-plaintext")
        return flags
    }

    /// How to reach the gateway; `nil` where nothing names one, or something that goes before it names brokers.
    /// - Throws: `ValidationError` for what does not go together; ``DragomanError``.
    func configuration(_ settings: Settings) throws -> DragomanClient.Configuration? {
        let given = flags()
        let settings = settings.overridden(by: given)
        guard let gateway = settings.value(.clientGateway), !settings.namesBrokers(before: gateway.source) else {
            if let flag = given.values.values.map(\.origin).min() {
                throw ValidationError("\(flag): only with --gateway HOST:PORT")
            }
            return nil
        }
        let certificate = try settings.string(.clientCertificate)
        let key = try settings.string(.clientKey)
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--gateway-certificate, --gateway-key: a certificate and its key go together")
        }
        let authorities = try settings.string(.clientCA)
        let security: TransportSecurity
        if try settings.bool(.clientPlaintext) ?? false {
            guard certificate == nil, authorities == nil else {
                throw ValidationError("--gateway-plaintext goes with neither --gateway-ca nor --gateway-certificate")
            }
            security = .plaintext
        } else {
            let identity = certificate.flatMap { certificate in
                key.map { TLSOptions.Identity(certificateFile: certificate, keyFile: $0) }
            }
            security = .tls(TLSOptions(authoritiesFile: authorities, identity: identity))
        }
        return try DragomanClient.Configuration(
            endpoint: gateway.value.text, security: security,
            token: try settings.string(.clientTokenFile).map { .file($0) })
    }
}

extension Settings {
    /// Whether a stronger source says where the brokers are.
    fileprivate func namesBrokers(before source: SettingSource) -> Bool {
        layers.prefix { $0.source != source }.contains { layer in
            layer.values[.brokers] != nil || layer.values[.kafkaConfig] != nil
                || layer.kafka[Self.serversProperty] != nil
        }
    }
}
