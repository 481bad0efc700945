import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how a batch or a job is doing, without waiting.",
        discussion: """
            Reads the topics alone. The workers' consumer group (--group) tells which jobs are still in the queue.

            Exits with 0 when all that was asked for is done or on its way, with 1 when a job failed, is missing, or \
            nobody knows the id.

            Examples:
              dragoman status BATCH --brokers kafka:9092
              dragoman status call-17 --brokers kafka:9092 --json | jq .status

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("A batch's or a job's id.", valueName: "batch|job"))
    var id: String

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "Gateway") var gateway: GatewayArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        do {
            try TranslationJob.validate(batchID: id)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let fleet = try FleetChoice(kafka: kafka, group: group, gateway: gateway, log: log).fleet(settings)
        let status = try await fleet.use { [id] fleet in
            try await interruptible { try await fleet.status(of: id) }
        }
        let report = StatusReport(status, id: id)
        if json {
            StandardOutput.writeLine(report.json)
        } else {
            for line in report.lines { StandardOutput.writeLine(line) }
        }
        if !report.isWell { throw ExitStatus.someFailed }
    }
}
