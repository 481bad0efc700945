import ArgumentParser
import CommandSupport
import Coordinator
import Foundation
import Jobs
import Logging

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Call a batch or a job off.",
        discussion: """
            Jobs in the queue get a result that says CANCELLED without being run, and running ones are stopped; what has a \
            result keeps it. Runs up to the batch's (or job's) highest are called off, so that 'dragoman submit --run' \
            with a higher number, or a dead letter that is replayed later, is not.

            With --wait, exits with 0 when every job has a result, whatever it says.

            Examples:
              dragoman cancel BATCH --brokers kafka:9092 --reason 'wrong folder'
              dragoman cancel BATCH --brokers kafka:9092 --wait 60
              dragoman cancel call-17 --job --brokers kafka:9092

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("A batch's or a job's id.", valueName: "batch|job"))
    var id: String

    @Flag(help: "The id is a job's, whether there is such a job yet or not.")
    var job = false

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp("The highest run that is called off. (default: the highest there is)", valueName: "number"))
    var runNumber: UInt32?

    @Option(help: ArgumentHelp("Why; the jobs' results say it.", valueName: "text"))
    var reason: String?

    @Option(
        defaultAsFlag: Patience.unlimited,
        help: ArgumentHelp("Wait until every job has a result, for so long at most.", valueName: "seconds"))
    var wait: Patience?

    @Flag(help: "One JSON object.")
    var json = false

    @OptionGroup(title: "General") var progress: ProgressArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "Gateway") var gateway: GatewayArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        do {
            try TranslationJob.validate(id: id)
        } catch {
            throw ValidationError(error.message)
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let fleet = try FleetChoice(kafka: kafka, group: group, gateway: gateway, log: log).fleet(settings)
        try await fleet.use { fleet in try await run(fleet) }
    }

    private func run(_ fleet: any Fleet) async throws {
        let request = CancelRequest(
            id: id, isJob: job, run: runNumber, reason: reason ?? "", requestedBy: Self.requester)
        let outcome = try await interruptible { try await fleet.cancel(request) }
        var report = CancelReport(outcome: outcome)
        if !json { StandardOutput.writeLine(report.words) }
        guard let wait else { return show(report) }
        guard !outcome.isBeingSubmitted else {
            show(report)
            StandardError.writeLine(
                "dragoman: batch \(id) is still being submitted, or its submit broke: nobody knows how many jobs to wait for"
            )
            throw ExitStatus.someFailed
        }
        let display = progress.display
        defer { display.stop() }
        let ended = try await interruptible {
            display.start("waiting for the results")
            return try await fleet.wait(for: outcome, timeout: wait.duration) { done, total in
                display.update(ProgressReport(verb: "ended", done: done, total: total))
            }
        }
        display.stop()
        report.ended = ended
        show(report)
        switch ended.ending {
        case .complete: break
        case .jobsMissing, .timedOut:
            StandardError.writeLine("dragoman: \(report.shortfall)")
            throw ended.ending == .timedOut ? ExitStatus.timedOut : .someFailed
        case .interrupted:
            StandardError.writeLine("dragoman: interrupted; what was called off stays so")
            throw ExitStatus.interrupted
        }
    }

    private func show(_ report: CancelReport) {
        if json {
            StandardOutput.writeLine(report.json)
        } else if let counts = report.counts {
            StandardOutput.writeLine(counts)
        }
    }

    /// For whoever asks later.
    private static var requester: String {
        let process = ProcessInfo.processInfo
        let name = "\(process.userName)@\(process.hostName)".onOneLine
        return String(name.prefix(Cancellation.textLimit / 4))
    }
}
