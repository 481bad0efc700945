import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Kafka
import Logging

struct TopicsCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Create the topics that are missing, and add partitions where there are too few.",
        discussion: """
            What is there already stays as it is: nothing is deleted, and no settings are changed. Jobs, results and batch \
            records are kept for 30 days (retention.ms), dead letters for 90; nothing is compacted.

            Examples:
              dragoman topics create --brokers kafka:9092 --partitions 48 \\
                --replication-factor 3
              dragoman topics create --brokers kafka:9092 --dry-run \\
                --topic-config retention.ms=604800000

            \(ExitStatus.table)
            """)

    @Option(
        help: ArgumentHelp(
            "Partitions of jobs, jobs.bulk, results and retries: at least twice the most workers you plan.",
            valueName: "count"))
    var partitions = 16

    @Option(help: ArgumentHelp("Brokers that keep each partition. (default: the brokers' own)", valueName: "count"))
    var replicationFactor: Int?

    @Option(
        name: .customLong("topic-config"), parsing: .singleValue,
        help: ArgumentHelp("A setting of all topics that are created. Can be repeated.", valueName: "key=value"))
    var topicConfiguration: [String] = []

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    // Topics have no group; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        guard (1...10_000).contains(partitions) else { throw ValidationError("--partitions: expected 1 to 10000") }
        if let replicationFactor, !(1...100).contains(replicationFactor) {
            throw ValidationError("--replication-factor: expected 1 to 100")
        }
        _ = try topicSettings()
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let layout = TopicLayout(
            topics: try kafka.topics(settings), partitions: partitions, replicationFactor: replicationFactor,
            configuration: try topicSettings())
        let manager = TopicManager(
            kafka: try kafka.configuration(settings), logger: try log.logger(settings, default: .critical))
        let changes = try await interruptible { [dryRun, json] in
            let changes = try await manager.inspect(layout.topics).changes(towards: layout)
            if !dryRun {
                do {
                    try await manager.apply(changes) { if !json { StandardOutput.writeLine($0.done) } }
                } catch let error as KafkaError where error.code == .notSupported {
                    throw KafkaError(
                        .notSupported,
                        "these brokers don't let clients create topics; 'dragoman broker' has its own from the start, with "
                            + "as many partitions as its --partitions says", cause: error)
                }
            }
            return changes
        }
        if json {
            let line = TopicChangesLine(changes: changes.map(TopicChangeLine.init), dryRun: dryRun)
            StandardOutput.writeLine(try JSONLine.string(line))
        } else if dryRun {
            for change in changes { StandardOutput.writeLine(change.intended) }
        }
        if changes.isEmpty { StandardError.writeLine("All topics are there; nothing to do.") }
    }

    private func topicSettings() throws -> [String: String] {
        try topicConfiguration.reduce(into: [:]) { settings, text in
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw ValidationError("'\(text)' is not a topic's setting: expected KEY=VALUE")
            }
            settings[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
    }
}

extension TopicChange {
    /// What would be done.
    fileprivate var intended: String { "would \(words.verb) \(words.rest)" }
    /// What was done.
    fileprivate var done: String { "\(words.past) \(words.rest)" }

    private var words: (verb: String, past: String, rest: String) {
        switch self {
        case .create(let plan):
            let settings = plan.configuration.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            let noun = plan.partitions == 1 ? "partition" : "partitions"
            return ("create", "created", "\(plan.name): \(plan.partitions) \(noun),\(settings)")
        case .addPartitions(let topic, let old, let new):
            return ("enlarge", "enlarged", "\(topic): from \(old) to \(new) partitions")
        }
    }
}
