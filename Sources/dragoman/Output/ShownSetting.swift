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
        case .threads, .decoderRows, .decoderMemory, .workerInFlight, .workerGrace, .submitMaxBacklog:
            _ = try settings.int(self)
        case .audioRoots: _ = try settings.strings(self)
        case .prefix: _ = try settings.string(self).map(TopicNames.init(prefix:))
        case .brokers, .group, .name, .model, .kafkaConfig, .logFormat, .logLevel: _ = try settings.string(self)
        }
    }
}
