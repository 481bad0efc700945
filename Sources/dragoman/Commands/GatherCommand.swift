import ArgumentParser
import Coordinator
import Jobs
import Logging
import Platform

struct GatherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gather",
        abstract: "Wait for the results of a batch and print them in the order of its files.",
        discussion: ExitStatus.table)

    @Argument(help: "The batch's id, as 'dragoman submit' printed it.")
    var batch: String

    @Option(help: ArgumentHelp("Longest wait. (default: none)", valueName: "seconds"))
    var timeout: Double?

    @Option(help: "Form of the results. (default: table on a terminal, else jsonl)")
    var format: ResultFormat?

    @OptionGroup var kafka: KafkaArguments
    // Nothing joins the group here; it is taken so that one set of options serves all of the fleet's commands.
    @OptionGroup var group: GroupArguments
    @OptionGroup var configurationFile: ConfigurationArguments
    @OptionGroup var log: LogArguments

    func validate() throws {
        do {
            try TranslationJob.validate(batchID: batch)
        } catch {
            throw ValidationError(error.message)
        }
        if let timeout, !(0...1e9).contains(timeout) { throw ValidationError("--timeout: expected 0 seconds or more") }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let gatherer = Gatherer(
            kafka: try kafka.configuration(settings), topics: try kafka.topics(settings),
            logger: try log.logger(settings, default: .critical))
        let display = ProgressDisplay()
        defer { display.stop() }
        let gathered = try await interruptible { [batch, timeout] in
            display.start("waiting for the record of batch \(batch)")
            return try await gatherer.gather(batchID: batch, timeout: timeout.map { .seconds($0) }) { progress in
                display.update(progress.line)
            }
        }
        display.stop()
        try show(gathered)
        try end(gathered)
    }

    private func show(_ gathered: GatheredBatch) throws {
        let isTerminal = SystemCalls.isTerminal(StandardOutput.descriptor)
        let format = format ?? (isTerminal ? .table : .jsonl)
        let width = isTerminal ? SystemCalls.terminalWidth(StandardOutput.descriptor) : nil
        for line in try format.lines(gathered.results, width: width) { StandardOutput.writeLine(line) }
    }

    /// Says what is missing and what failed.
    private func end(_ gathered: GatheredBatch) throws {
        let failures = gathered.failures
        for failure in failures {
            StandardError.writeLine(
                "dragoman: \(failure.fileName): \(failure.status.schemaName) \(failure.error.reason.schemaName)")
        }
        let count = gathered.jobCount.map { "\(gathered.results.count) of \($0) results" }
        let state = count ?? "there is no record of batch \(batch)"
        switch gathered.ending {
        case .complete:
            guard failures.isEmpty else {
                StandardError.writeLine("dragoman: \(failures.count) of \(gathered.results.count) jobs failed")
                throw ExitStatus.someFailed
            }
        case .timedOut:
            StandardError.writeLine("dragoman: timed out: \(state)")
            throw ExitStatus.timedOut
        case .interrupted:
            StandardError.writeLine("dragoman: interrupted: \(state)")
            throw ExitStatus.interrupted
        }
    }
}

extension GatherProgress {
    fileprivate var line: String {
        "\(done) of \(total ?? 0) done, \(failed) failed, \(Int(audioSeconds.rounded())) s of audio"
    }
}
