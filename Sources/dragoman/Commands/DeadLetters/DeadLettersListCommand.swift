import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging

struct DeadLettersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List dead letters, the oldest of each partition first.",
        discussion: """
            Those that were replayed or purged are left out, unless --all is given.

            Examples:
              dragoman dead-letters list --brokers kafka:9092 --since 1d
              dragoman dead-letters list --brokers kafka:9092 --class lethal --json

            \(ExitStatus.table)
            """)

    @OptionGroup(title: "Filters") var arguments: DeadLetterArguments

    @Option(help: ArgumentHelp("List so many at most.", valueName: "count"))
    var limit: Int?

    @Flag(help: "List those too that were replayed or purged.")
    var all = false

    @Flag(help: "One JSON object for each.")
    var json = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    // Topics have no group; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit: expected 1 or more") }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        let filter = arguments.filter(topics: topics)
        let logger = try log.logger(settings, default: .critical)
        let connection = try kafka.configuration(settings)
        try await interruptible { [self] in
            try await DeadLetterBox(kafka: connection, topics: topics, logger: logger).use { box in
                try await list(box, filter)
            }
        }
    }

    private func list(_ box: DeadLetterBox, _ filter: DeadLetterFilter) async throws {
        var count = 0
        var table = TextTable(DeadLetterLine.columns)
        try await box.forEach(filter, includesHandled: all) { letter in
            count += 1
            let line = DeadLetterLine(letter)
            if json { StandardOutput.writeLine(line.json) } else { table.add(line.row) }
            return count < limit ?? .max
        }
        guard !json, count > 0 else {
            if count == 0 { StandardError.writeLine("There are no dead letters that match.") }
            return
        }
        for line in table.lines { StandardOutput.writeLine(line) }
    }
}
