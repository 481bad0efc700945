import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging
import Platform

struct DeadLettersPurgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "purge",
        abstract: "Throw dead letters away.",
        discussion: """
            Kafka deletes records from the beginning of a partition alone. There, dead letters are deleted for good, where \
            the brokers can do that; those behind one that stays are marked, so that they are neither listed nor \
            replayed, and go when their time is up (retention.ms). '--until 30d' and --all reach from the beginning.

            Name dead letters by a job's id or by partition and offset, or give filters, or --all. Asks before it does \
            anything; --yes is for scripts.

            Examples:
              dragoman dead-letters purge --brokers kafka:9092 --until 30d
              dragoman dead-letters purge 0/42 --brokers kafka:9092 --yes

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("Jobs' ids, or partitions and offsets.", valueName: "id|partition/offset"))
    var names: [String] = []

    @OptionGroup(title: "Filters") var arguments: DeadLetterArguments

    @Flag(help: "All there are.")
    var all = false

    @Flag(name: .shortAndLong, help: "Don't ask.")
    var yes = false

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
        guard yes || dryRun || SystemCalls.isTerminal(0) else {
            throw ValidationError("standard input is no terminal, so nobody can be asked: give --yes, or --dry-run")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let topics = try kafka.topics(settings)
        let filter = try arguments.selection(names, all: all, topics: topics)
        let logger = try log.logger(settings, default: .critical)
        let box = try DeadLetterBox(kafka: try kafka.configuration(settings), topics: topics, logger: logger)
        try await interruptible { [self] in
            try await box.use { box in
                let planned = try await box.purge(filter, isDryRun: true)
                let count = planned.deletedCount + planned.markedCount
                guard !dryRun, count > 0 else { return end(planned) }
                guard yes || Self.agrees(toPurge: count) else {
                    StandardError.writeLine("Nothing was purged.")
                    throw ExitStatus.someFailed
                }
                end(try await box.purge(filter))
            }
        }
    }

    private static func agrees(toPurge count: Int) -> Bool {
        StandardError.write("Purge \(ReadableNumber.counted(count, "dead letter"))? [y/N] ")
        return ["y", "yes"].contains(readLine()?.lowercased())
    }

    private func end(_ summary: DeadLetterBox.PurgeSummary) {
        if json {
            var object = JSONText()
            object.add("deleted", summary.deletedCount)
            object.add("marked", summary.markedCount)
            object.add("dry_run", dryRun)
            return StandardOutput.writeLine(object.text)
        }
        let deleted = ReadableNumber.counted(summary.deletedCount, "dead letter")
        let marked = ReadableNumber.count(summary.markedCount)
        StandardOutput.writeLine(
            dryRun
                ? "would delete \(deleted) and mark \(marked)"
                : "deleted \(deleted), marked \(marked)")
    }
}
