import ArgumentParser
import Jobs
import Kafka

/// Where the brokers are and what the fleet's topics are called.
package struct KafkaArguments: SettingArguments {
    @Option(help: ArgumentHelp("Kafka brokers.", valueName: "host:port,..."))
    package var brokers: String?

    @Option(help: "What the names of the fleet's topics begin with. (default: \(TopicNames.defaultPrefix))")
    package var prefix: String?

    @Option(
        help: ArgumentHelp(
            "librdkafka properties, one key=value a line; what 'dragoman broker' prints is such a file.",
            valueName: "file"),
        completion: .file())
    package var kafkaConfig: String?

    @Option(
        name: .customLong("kafka-option"), parsing: .singleValue,
        help: ArgumentHelp(
            "A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.",
            valueName: "key=value"))
    package var kafkaOptions: [String] = []

    package init() {}

    package func flags() throws -> SettingLayer {
        var flags = SettingLayer(.flag)
        flags.set(.brokers, brokers, flag: "--brokers")
        flags.set(.prefix, prefix, flag: "--prefix")
        flags.set(.kafkaConfig, kafkaConfig, flag: "--kafka-config")
        for option in kafkaOptions {
            guard let equals = option.firstIndex(of: "="), equals > option.startIndex else {
                throw ValidationError("'\(option)' is not a Kafka option: expected KEY=VALUE")
            }
            let value = String(option[option.index(after: equals)...])
            try flags.set(
                kafka: String(option[..<equals]), SettingValue(content: .text(value), origin: "--kafka-option"))
        }
        return flags
    }

    package func topics(_ settings: Settings) throws -> TopicNames {
        try settings.overridden(by: self).topics()
    }

    /// - Throws: `ValidationError` when nothing says where the brokers are.
    package func configuration(_ settings: Settings) throws -> KafkaConfiguration {
        try settings.overridden(by: self).kafkaConfiguration()
    }
}
