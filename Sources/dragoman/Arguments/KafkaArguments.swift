import ArgumentParser
import Jobs
import Kafka

/// Where the brokers are and what the fleet's topics are called.
struct KafkaArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Kafka brokers.", valueName: "host:port,..."))
    var brokers: String?

    @Option(help: "What the names of the fleet's topics begin with. (default: \(TopicNames.defaultPrefix))")
    var prefix: String?

    @Option(
        help: ArgumentHelp(
            "librdkafka properties, one key=value a line; what 'dragoman broker' prints is such a file.",
            valueName: "file"))
    var kafkaConfig: String?

    @Option(
        name: .customLong("kafka-option"), parsing: .singleValue,
        help: ArgumentHelp("A librdkafka property. Can be repeated.", valueName: "key=value"))
    var kafkaOptions: [String] = []

    func topics(_ settings: Settings) throws -> TopicNames {
        try TopicNames(prefix: prefix ?? settings.string(.prefix) ?? TopicNames.defaultPrefix)
    }

    /// - Throws: `ValidationError` when nothing says where the brokers are.
    func configuration(_ settings: Settings) throws -> KafkaConfiguration {
        let flags = try Self.properties(file: kafkaConfig, options: kafkaOptions)
        let others = try Self.properties(
            file: settings.string(.kafkaConfig), options: settings.strings(.kafkaOptions) ?? [])
        let key = "bootstrap.servers"
        guard let servers = try brokers ?? flags[key] ?? settings.string(.brokers) ?? others[key] else {
            throw ValidationError("no brokers: give --brokers HOST:PORT, or --kafka-config FILE with \(key)")
        }
        return KafkaConfiguration(bootstrapServers: servers, properties: others.merging(flags) { _, flag in flag })
    }

    private static func properties(file: String?, options: [String]) throws -> [String: String] {
        var properties = try file.map(KafkaConfiguration.properties(fromFile:)) ?? [:]
        for option in options {
            guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
                throw ValidationError("'\(option)' is not a Kafka option: expected KEY=VALUE")
            }
            properties[String(option[..<equals])] = String(option[option.index(after: equals)...])
        }
        return properties
    }
}
