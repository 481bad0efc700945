import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging

struct TopicsCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say for each topic whether it is as the fleet needs it, and how to mend what is not.",
        discussion: """
            jobs, jobs.bulk, results and the retries need equally many partitions: a result, and a job that is to be \
            tried again, go to the partition number the job came from. The topics' settings are not looked at.

            Example:
              dragoman topics check --brokers kafka:9092

            \(ExitStatus.table)
            """)

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    // Topics have no group; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func run() async throws {
        let settings = try await configurationFile.settings()
        let manager = TopicManager(
            kafka: try kafka.configuration(settings), logger: try log.logger(settings, default: .critical))
        let topics = try kafka.topics(settings)
        let findings = try await interruptible { try await manager.inspect(topics).findings }
        if json {
            StandardOutput.writeLine(try JSONLine.string(["topics": findings.map(TopicFindingLine.init)]))
        } else {
            var table = TextTable([("TOPIC", .left), ("PARTITIONS", .right), ("STATE", .left)])
            for each in findings {
                table.add([each.topic, each.partitions.map { "\($0)" } ?? "-", each.complaint ?? "ok"])
            }
            for line in table.lines { StandardOutput.writeLine(line) }
        }
        let wrong = findings.count { $0.problem != nil }
        guard wrong == 0 else {
            StandardError.writeLine(
                "dragoman: \(wrong) of \(findings.count) topics are not as they should be; "
                    + "'dragoman topics create' with the same options mends them")
            throw ExitStatus.someFailed
        }
    }
}

extension TopicFinding {
    /// What is wrong and how it is mended.
    var complaint: String? {
        switch problem {
        case nil: nil
        case .missing: "does not exist: 'topics create' makes it"
        case .tooFewPartitions(let wanted):
            "needs \(wanted) partitions, as many as jobs, jobs.bulk, results and retries have at most: "
                + "'topics create' adds \(wanted - (partitions ?? 0))"
        }
    }
}
