/// What environment and configuration file may set, besides librdkafka's properties (see ``SettingLayer/kafka``):
/// `audio.roots` is `DRAGOMAN_AUDIO_ROOTS` in the environment and `roots` under `audio` in the file.
enum SettingKey: String, CaseIterable {
    case brokers
    case prefix
    case group
    case name
    case model
    case threads
    case decoderRows = "decoder.rows"
    case decoderMemory = "decoder.memory"
    /// A list; in the environment separated by commas.
    case audioRoots = "audio.roots"
    case workerInFlight = "worker.in-flight"
    case workerGrace = "worker.grace"
    case submitMaxBacklog = "submit.max-backlog"
    case kafkaConfig = "kafka.config"
    case logFormat = "log.format"
    case logLevel = "log.level"

    /// What the names of all variables begin with.
    static let variablePrefix = "DRAGOMAN_"

    /// The environment variable that sets it.
    var variable: String {
        Self.variablePrefix + rawValue.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    /// Whether it holds several values.
    var isList: Bool { self == .audioRoots }

    /// What it means, for the manual.
    var meaning: String {
        switch self {
        case .brokers: "Kafka brokers, HOST:PORT,HOST:PORT."
        case .prefix: "What the names of the fleet's topics begin with."
        case .group: "Consumer group of the workers, one per model."
        case .name: "Name of a worker in results and logs."
        case .model: "Folder of the checkpoint, or a packed file."
        case .threads: "Threads that compute."
        case .decoderRows: "Rows of a decoder step at most: the beams of all utterances that are decoded together."
        case .decoderMemory: "Megabytes that utterances in the decoder may take together."
        case .audioRoots: "Folders under which file: URIs may be read; in the environment separated by commas."
        case .workerInFlight: "Jobs a worker holds at a time."
        case .workerGrace: "Seconds a worker that is told to stop has to finish its jobs."
        case .submitMaxBacklog: "Backlog at which a submit waits."
        case .kafkaConfig: "A file of librdkafka properties, one key=value a line."
        case .logFormat: "Form of the log: text or json."
        case .logLevel: "Least level that is logged: trace, debug, info, notice, warning, error or critical."
        }
    }

    /// What holds where nothing sets it, in words.
    var standard: String {
        switch self {
        case .brokers, .model, .audioRoots, .kafkaConfig: "none"
        case .prefix: "dragoman."
        case .group: "the prefix without its dot"
        case .name: "host name and process id"
        case .threads: "1 in a worker, all processors in 'dragoman translate'"
        case .decoderRows: "40"
        case .decoderMemory: "2147"
        case .workerInFlight: "4"
        case .workerGrace: "30"
        case .submitMaxBacklog: "no limit"
        case .logFormat: "text"
        case .logLevel: "info in a worker, else what fails"
        }
    }
}
