import CommandSupport
import Jobs

/// One setting as `config show` shows it.
struct ShownSetting: Encodable, Hashable {
    var key: String
    /// `nil` where nobody sets it and the default is no fixed value.
    @Nullable var value: String?
    var source: SettingSource
    /// The flag, the variable, or file and line.
    @Nullable var origin: String?
    /// What holds where nothing sets it, in words.
    var standard = ""

    enum CodingKeys: String, CodingKey {
        case key, value, source, origin
    }
}

extension ShownSetting {
    /// - Throws: `ValidationError` when the value can't be what the setting needs.
    init(_ key: SettingKey, in settings: Settings) throws {
        try key.check(in: settings)
        let found = key == .brokers ? try settings.kafkaProperties()[Settings.serversProperty] : settings.value(key)
        self.init(
            key: key.rawValue, value: found?.value.text, source: found?.source ?? .standard,
            origin: found?.value.origin, standard: key.standard)
    }
}

extension SettingKey {
    /// Reads the value as the commands do.
    fileprivate func check(in settings: Settings) throws {
        switch self {
        case .threads, .decoderRows, .decoderMemory, .workerInFlight, .workerGrace, .workerAttemptLimit,
            .workerAudioMemory, .workerStandstillLimit, .submitMaxBacklog, .gatewayRetention, .gatewayMaxBacklog,
            .gatewayGrace, .cacheSize, .sizeLimit, .timeLimit:
            _ = try settings.int(self)
        case .s3PathStyle, .httpPrivateAddresses, .clientPlaintext: _ = try settings.bool(self)
        case .gatewayQuota, .gatewayBurst, .exporterInterval, .exporterWindow, .exporterStuckAfter:
            _ = try settings.double(self)
        case .audioRoots, .s3Buckets, .httpHosts: _ = try settings.strings(self)
        case .prefix, .topicsJobs, .topicsBulk: _ = try settings.topics()
        case .brokers, .group, .name, .model, .kafkaConfig, .logFormat, .logLevel, .httpListen, .httpUploads,
            .tracingEndpoint, .gatewayListen, .gatewayIndex, .workerOutput, .s3Endpoint, .s3Region, .s3STSEndpoint,
            .storageCA, .cacheFolder, .gatewayCertificate,
            .gatewayKey, .gatewayClientCA, .gatewayTokens, .clientGateway, .clientTokenFile, .clientCA,
            .clientCertificate, .clientKey:
            _ = try settings.string(self)
        }
    }
}
