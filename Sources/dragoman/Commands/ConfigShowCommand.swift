import ArgumentParser
import CommandSupport
import Jobs
import Kafka

struct ConfigShowCommand: AsyncParsableCommand, SettingArguments {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print what is in force, and where it comes from. Secrets are masked.",
        discussion: """
            Flags go before environment variables, these before the file given with --config or \
            \(SettingLayer.fileVariable), and that before the defaults. What an environment variable is called stands in \
            the manual; librdkafka's properties are DRAGOMAN_KAFKA_ and their names, with _ for the dots.

            Examples:
              dragoman config show --config Config/dragoman.yaml
              DRAGOMAN_LOG_LEVEL=debug dragoman config show --json

            \(ExitStatus.table)
            """)

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Engine") var decoderLimits: DecoderLimitArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func flags() throws -> SettingLayer {
        try engine.flags().overridden(by: decoderLimits.flags()).overridden(by: kafka.flags()).overridden(
            by: group.flags()
        )
        .overridden(by: log.flags())
    }

    func run() async throws {
        let settings = try await configurationFile.settings().overridden(by: flags())
        let shown = try SettingKey.allCases.map { try ShownSetting($0, in: settings) } + Self.kafkaProperties(settings)
        if json { return StandardOutput.writeLine(try JSONLine.string(["settings": shown])) }
        var table = TextTable([("SETTING", .left), ("VALUE", .left), ("FROM", .left)])
        for each in shown {
            table.add([
                each.key, each.value ?? "(\(each.standard))",
                each.origin.map { "\(each.source.rawValue) \($0)" } ?? each.source.rawValue,
            ])
        }
        for line in table.lines { StandardOutput.writeLine(line) }
    }

    /// librdkafka's properties other than the brokers.
    private static func kafkaProperties(_ settings: Settings) throws -> [ShownSetting] {
        let properties = try settings.kafkaProperties()
        let configuration = KafkaConfiguration(bootstrapServers: "", properties: properties.mapValues(\.value.text))
        return configuration.shownProperties().compactMap { name, value -> ShownSetting? in
            guard name != Settings.serversProperty, let property = properties[name] else { return nil }
            return ShownSetting(
                key: SettingLayer.kafkaPrefix + name, value: value, source: property.source,
                origin: property.value.origin)
        }
    }
}
