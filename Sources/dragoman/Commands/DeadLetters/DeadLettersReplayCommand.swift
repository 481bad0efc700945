import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging

struct DeadLettersReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send dead letters to the workers again.",
        discussion: """
            Each goes to the lane and partition it was submitted to, with its own key and headers. A job's run is raised \
            above the highest that is known of it, so that its new result counts for its batch; a deadline that has \
            passed is dropped. What was replayed is marked and not sent again, unless --again is given.

            Name dead letters by a job's id or by partition and offset, or give filters, or --all.

            Examples:
              dragoman dead-letters replay --brokers kafka:9092 \\
                --reason STORAGE_UNAVAILABLE --dry-run
              dragoman dead-letters replay call-17 0/42 --brokers kafka:9092

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("Jobs' ids, or partitions and offsets.", valueName: "id|partition/offset"))
    var names: [String] = []

    @OptionGroup(title: "Filters") var arguments: DeadLetterArguments

    @Flag(help: "All there are.")
    var all = false

    @Option(help: ArgumentHelp("Send so many at most, the oldest of each partition first.", valueName: "count"))
    var limit: Int?

    @Flag(help: "Send those too that were replayed before.")
    var again = false

    @Flag(help: "Send messages that can't be read too, as they are.")
    var raw = false

    @Flag(help: "Say what would be sent, and send nothing.")
    var dryRun = false

    @Flag(help: "One JSON object.")
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
        let filter = try arguments.selection(names, all: all, topics: topics)
        let logger = try log.logger(settings, default: .critical)
        let connection = try kafka.configuration(settings)
        var options = DeadLetterBox.ReplayOptions()
        options.repeats = again
        options.sendsUnreadable = raw
        options.isDryRun = dryRun
        options.limit = limit
        let summary = try await interruptible { [options, json, dryRun] in
            try await DeadLetterBox(kafka: connection, topics: topics, logger: logger).use { box in
                try await box.replay(filter, options) { letter, topic, run in
                    guard !json else { return }
                    let name = letter.jobID ?? letter.shortPlace
                    StandardOutput.writeLine(
                        "\(dryRun ? "would send" : "sent") \(name.onOneLine) to \(topic)\(run.map { ", run \($0)" } ?? "")"
                    )
                }
            }
        }
        try end(summary)
    }

    private func end(_ summary: DeadLetterBox.ReplaySummary) throws {
        if json {
            var object = JSONText()
            object.add("sent", summary.sentCount)
            object.add("unreadable", summary.unreadableCount)
            object.add("empty", summary.emptyCount)
            object.add("replayed_before", summary.handledCount)
            object.add("dry_run", dryRun)
            StandardOutput.writeLine(object.text)
        }
        StandardError.writeLine(
            "\(ReadableNumber.counted(summary.sentCount, "dead letter")) \(dryRun ? "would be sent" : "sent")")
        if summary.handledCount > 0 {
            StandardError.writeLine(
                "\(ReadableNumber.count(summary.handledCount)) left out: replayed before (--again sends them)")
        }
        if summary.emptyCount > 0 {
            StandardError.writeLine(
                "dragoman: \(ReadableNumber.count(summary.emptyCount)) left out: too large to be kept, only their headers are "
                    + "there")
        }
        if summary.unreadableCount > 0 {
            StandardError.writeLine(
                "dragoman: \(ReadableNumber.count(summary.unreadableCount)) left out: can't be read (--raw sends them as they "
                    + "are)")
        }
        if summary.emptyCount + summary.unreadableCount > 0 { throw ExitStatus.someFailed }
    }
}
