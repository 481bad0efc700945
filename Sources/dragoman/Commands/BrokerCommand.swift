import ArgumentParser
import CommandSupport
import Jobs
import Kafka

struct BrokerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broker",
        abstract: "Run a Kafka broker on this machine, for trying things out.",
        discussion: """
            It is librdkafka's mock cluster: on the loopback interface only, and in memory only, with at most 5 MB a \
            partition. What it prints on standard output is a file for --kafka-config.

            Examples:
              dragoman broker > broker.properties &
              dragoman topics check --kafka-config broker.properties
            """)

    @Option(help: ArgumentHelp("Partitions of each topic.", valueName: "count"))
    var partitions = 16

    @Option(help: "What the names of the fleet's topics begin with. (default: \(TopicNames.defaultPrefix))")
    var prefix: String?

    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments

    func validate() throws {
        guard (1...1000).contains(partitions) else { throw ValidationError("--partitions: expected 1 to 1000") }
    }

    func run() async throws {
        var flags = SettingLayer(.flag)
        flags.set(.prefix, prefix, flag: "--prefix")
        let topics = try await configurationFile.settings().overridden(by: flags).topics()
        let broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: partitions) })
        StandardOutput.writeLine("bootstrap.servers=\(broker.bootstrapServers)")
        for (key, value) in EmbeddedBroker.sessionSettings.sorted(by: { $0.key < $1.key }) {
            StandardOutput.writeLine("\(key)=\(value)")
        }
        StandardError.writeLine(
            "This broker keeps everything in memory: when it stops, jobs and results are gone. Stop it with Ctrl-C.")
        try await interruptible {
            while (try? await Task.sleep(for: .seconds(3600))) != nil {}
        }
        withExtendedLifetime(broker) {}
    }
}
