import ArgumentParser
import CommandSupport
import Gateway
import Jobs
import Kafka
import Monitoring

/// What a gateway serves, where, and to whom.
struct ServingArguments: SettingArguments {
    @Option(
        help: ArgumentHelp(
            "Address to listen at; port 0 has the system choose one. (default: \(Self.defaultAddress))",
            valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("File of the index; made where there is none.", valueName: "file"), completion: .file())
    var index: String?

    @Flag(help: "Make the index anew from the topics.")
    var rebuild = false

    @Option(
        help: ArgumentHelp(
            "How long jobs are kept in the index after their last change. (default: as long as the topics keep them, and longer)",
            valueName: "days"))
    var retention: Int?

    @Option(help: ArgumentHelp("Certificate, and those that signed it (PEM).", valueName: "file"), completion: .file())
    var certificate: String?

    @Option(help: ArgumentHelp("The certificate's private key (PEM).", valueName: "file"), completion: .file())
    var key: String?

    @Option(
        help: ArgumentHelp(
            "Ask clients for a certificate that one of these has signed (PEM).", valueName: "file"), completion: .file()
    )
    var clientCA: String?

    @Flag(help: "Serve in the clear at other addresses than loopback.")
    var insecure = false

    @Option(
        help: ArgumentHelp(
            """
            File of bearer tokens: a client's name and its token, or sha256: and the token's SHA-256, on each line. Without \
            it whoever can connect may do everything.
            """, valueName: "file"), completion: .file())
    var tokens: String?

    @Option(
        help: ArgumentHelp(
            """
            Folder that recordings sent to the page are put into, as the workers see it. They stay there. (default: none \
            are taken)
            """, valueName: "file-uri"))
    var httpUploads: String?

    @Option(help: ArgumentHelp("Jobs a second that each client may submit. (default: any number)", valueName: "jobs"))
    var quota: Double?

    @Option(
        help: ArgumentHelp("Jobs at once that each client may submit. (default: ten seconds' worth)", valueName: "jobs")
    )
    var burst: Double?

    @Option(help: ArgumentHelp("Refuse jobs while so many wait. (default: no limit)", valueName: "jobs"))
    var maxBacklog: Int?

    @Option(
        help: ArgumentHelp(
            "How long calls under way may take to end. (default: \(Self.defaultGrace))", valueName: "seconds"))
    var grace: Int?

    private static let defaultAddress = "127.0.0.1:50051"
    private static let defaultGrace = 20

    func flags() -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.gatewayListen, listen, flag: "--listen")
        flags.set(.gatewayIndex, index, flag: "--index")
        flags.set(.gatewayRetention, retention, flag: "--retention")
        flags.set(.gatewayCertificate, certificate, flag: "--certificate")
        flags.set(.gatewayKey, key, flag: "--key")
        flags.set(.gatewayClientCA, clientCA, flag: "--client-ca")
        flags.set(.gatewayTokens, tokens, flag: "--tokens")
        flags.set(.httpUploads, httpUploads, flag: "--http-uploads")
        flags.set(.gatewayQuota, quota, flag: "--quota")
        flags.set(.gatewayBurst, burst, flag: "--burst")
        flags.set(.gatewayMaxBacklog, maxBacklog, flag: "--max-backlog")
        flags.set(.gatewayGrace, grace, flag: "--grace")
        return flags
    }

    /// - Throws: `ValidationError` for what makes no sense.
    func configuration(
        _ settings: Settings, kafka: KafkaConfiguration, topics: TopicNames, group: String
    ) throws -> GatewayConfiguration {
        let settings = try settings.overridden(by: self)
        let address = try ListenAddress(
            try settings.string(.gatewayListen) ?? Self.defaultAddress, option: "--listen")
        guard let path = try settings.string(.gatewayIndex) else {
            throw ValidationError("no file for the index: give --index FILE")
        }
        var configuration = GatewayConfiguration(
            kafka: kafka, topics: topics, group: group, host: address.host, port: address.port, indexPath: path)
        configuration.rebuildsIndex = rebuild
        configuration.tls = try tls(settings)
        guard configuration.tls != nil || address.isLoopback || insecure else {
            throw ValidationError(
                "--listen \(address): give --certificate and --key, or --insecure where the network is safe")
        }
        configuration.isInsecure = insecure
        configuration.version = Version.current
        configuration.uploads = try settings.string(.httpUploads).map { uri throws(GatewayError) in
            try UploadFolder(uri: uri)
        }
        configuration.tokensPath = try settings.string(.gatewayTokens)
        configuration.retention = try Self.positive(settings.int(.gatewayRetention), "--retention")
            .map { .seconds(86_400 * Int64(min($0, 36_500))) }
        configuration.backlogLimit = try Self.positive(settings.int(.gatewayMaxBacklog), "--max-backlog")
        if let rate = try settings.double(.gatewayQuota) {
            let burst = try settings.double(.gatewayBurst) ?? rate * 10
            guard rate > 0, burst >= 1 else { throw ValidationError("--quota, --burst: expected more than 0 jobs") }
            configuration.quota = (rate, burst)
        }
        configuration.grace = .seconds(try settings.int(.gatewayGrace) ?? Self.defaultGrace)
        guard (.zero ... .seconds(3600)).contains(configuration.grace) else {
            throw ValidationError("--grace: expected 0 to 3600 seconds")
        }
        return configuration
    }

    private func tls(_ settings: Settings) throws -> GatewayTLS? {
        let certificate = try settings.string(.gatewayCertificate)
        let key = try settings.string(.gatewayKey)
        let authority = try settings.string(.gatewayClientCA)
        switch (certificate, key) {
        case (let certificate?, let key?):
            return GatewayTLS(certificate: certificate, key: key, clientAuthority: authority)
        case (nil, nil) where authority == nil: return nil
        default: throw ValidationError("--certificate, --key, --client-ca: a certificate and its key go together")
        }
    }

    private static func positive(_ number: Int?, _ option: String) throws -> Int? {
        guard let number else { return nil }
        guard number > 0 else { throw ValidationError("\(option): expected a number above 0") }
        return number
    }
}
