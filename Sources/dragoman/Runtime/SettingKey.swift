/// What environment and configuration file may set: `audio.roots` is `DRAGOMAN_AUDIO_ROOTS` in the environment and
/// `roots` under `audio` in the file.
enum SettingKey: String, CaseIterable {
    case brokers
    case prefix
    case group
    case name
    case model
    case threads
    /// A list; in the environment separated by commas.
    case audioRoots = "audio.roots"
    case kafkaConfig = "kafka.config"
    /// A list of `KEY=VALUE`; in the environment separated by commas.
    case kafkaOptions = "kafka.options"
    case logFormat = "log.format"
    case logLevel = "log.level"
    case submitMaxBacklog = "submit.max-backlog"
}
