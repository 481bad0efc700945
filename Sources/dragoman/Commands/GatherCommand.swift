import ArgumentParser
import CommandSupport
import Coordinator
import Jobs
import Logging
import Platform

struct GatherCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gather",
        abstract: "Wait for the results of a batch and print them in the order of its files.",
        discussion: """
            Needs nothing but the batch's id: a gather that comes later, on another machine, gives the same. Of a job's \
            results the first of its highest run counts. When the time is up or the command is interrupted, the results \
            that are there are printed; so are they when jobs without a result are in no queue any more, by the offsets of \
            the workers' group (--group): nothing would be left to wait for.

            With --output-dir each recording that was translated gets a file named after it: talk.wav gives talk.txt, \
            or with --format srt, vtt, tsv or jsonl subtitles, its segments, or all there is to know of it. Where several would get the same name, all of them have their positions in the batch in it: \
            talk.3.txt and talk.8.txt.

            Examples:
              dragoman gather BATCH --brokers kafka:9092 -o results.jsonl
              dragoman gather BATCH --brokers kafka:9092 --timeout 3600 \\
                --format vtt --output-dir subtitles

            \(ExitStatus.table)
            """)

    @Argument(help: "The batch's id, as 'dragoman submit' printed it.")
    var batch: String

    @Option(help: ArgumentHelp("Longest wait. (default: none)", valueName: "seconds"))
    var timeout: Double?

    @Option(
        help: """
            Form of the results; text is a line for each job, empty where there is no translation; srt and vtt are \
            subtitles, with --output-dir. (default: what the file's name ends in, else table on a terminal and jsonl \
            elsewhere; text with --output-dir)
            """)
    var format: ResultFormat?

    @Flag(help: "The same as --format jsonl.")
    var json = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the results there; the file is complete or not touched.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("Write the translations there, a file for each recording.", valueName: "folder"))
    var outputDir: String?

    @OptionGroup(title: "Subtitles") var subtitles: SubtitleArguments
    @OptionGroup(title: "General") var progress: ProgressArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "Gateway") var gateway: GatewayArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments
    @OptionGroup(title: "General") var tracing: TracingArguments

    func validate() throws {
        do {
            try TranslationJob.validate(batchID: batch)
        } catch {
            throw ValidationError(error.message)
        }
        if let timeout, !(0...1e9).contains(timeout) { throw ValidationError("--timeout: expected 0 seconds or more") }
        if json, let format, format != .jsonl {
            throw ValidationError("--json and --format \(format) exclude each other")
        }
        if outputDir != nil {
            if output != nil { throw ValidationError("--output and --output-dir exclude each other") }
            if folderFormat == nil {
                throw ValidationError("--output-dir goes with --format text, srt, vtt, tsv and jsonl alone")
            }
        } else if format == .srt || format == .vtt {
            throw ValidationError("--format srt and vtt go with --output-dir alone: a file for each recording")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        try await tracing.run(settings, service: "dragoman-gather", logger: log.logger(settings, default: .warning)) {
            try await gather(settings)
        }
    }

    private func gather(_ settings: Settings) async throws {
        let fleet = try FleetChoice(kafka: kafka, group: group, gateway: gateway, log: log).fleet(settings)
        let display = progress.display
        defer { display.stop() }
        let gathered = try await fleet.use { [batch, timeout] fleet in
            try await interruptible {
                display.start("waiting for the record of batch \(batch)")
                return try await fleet.gather(batchID: batch, timeout: timeout.map { .seconds($0) }) { progress in
                    display.update(progress, batch: batch)
                }
            }
        }
        display.stop()
        // Without the batch's record there is nothing to write, and what an earlier gather wrote is better than nothing.
        if gathered.jobCount != nil { try write(gathered.results) }
        try end(gathered)
    }

    private var folderFormat: TranscriptFormat? { json ? .jsonl : (format ?? .text).transcript }

    private func write(_ results: [GatheredResult]) throws {
        if let outputDir {
            let folder = TextFolder(path: outputDir, format: folderFormat ?? .text, subtitles: subtitles.options)
            let count = try folder.write(results)
            progress.say("\(ReadableNumber.count(count)) files in \(outputDir)")
        } else if let output {
            let format = json ? .jsonl : format ?? ResultFormat(fileName: output) ?? .jsonl
            try Self.write(results, as: format, toFile: output)
        } else {
            let isTerminal = SystemCalls.isTerminal(StandardOutput.descriptor)
            let format = json ? .jsonl : format ?? (isTerminal ? .table : .jsonl)
            let terminal = SystemCalls.terminalWidth(StandardOutput.descriptor).map { columns in
                (style: TerminalStyle(isTerminal: true), columns: columns)
            }
            try format.write(results, terminal: terminal) { try SystemCalls.write($0, to: StandardOutput.descriptor) }
        }
    }

    private static func write(_ results: [GatheredResult], as format: ResultFormat, toFile path: String) throws {
        var file = try AtomicFile(path: path)
        try format.write(results) { try file.write($0) }
        try file.commit()
    }

    /// Says what is missing and what failed.
    private func end(_ gathered: GatheredBatch) throws {
        let count = ReadableNumber.count(gathered.results.count)
        if let first = gathered.unreadable.first {
            StandardError.writeLine(
                "dragoman: skipped \(ReadableNumber.count(gathered.unreadable.count)) records that are no results, the first "
                    + "of them \(first.onOneLine)")
        }
        for loss in gathered.losses { StandardError.writeLine("dragoman: \(loss)") }
        for line in try FailureSummary(gathered.results).lines { StandardError.writeLine("dragoman: \(line)") }
        let state: String
        if let total = gathered.jobCount {
            state = "\(count) of \(ReadableNumber.count(total)) results"
        } else if gathered.progress.phase == .waitingForSubmit {
            state = "batch \(batch) is still being submitted, or its submit broke: submit it again with --resume"
        } else {
            state = "there is no record of batch \(batch)"
        }
        switch gathered.ending {
        case .complete:
            let audio = ReadableNumber.duration(seconds: gathered.progress.audioSeconds)
            progress.say("\(count) results, \(audio) of audio")
            if gathered.progress.failed > 0 { throw ExitStatus.someFailed }
        case .jobsMissing(let missing):
            StandardError.writeLine(
                "dragoman: \(state); the other \(ReadableNumber.counted(missing, "job")) are in no queue any more: submit "
                    + "the batch again, and only what is missing is sent")
            throw ExitStatus.someFailed
        case .timedOut:
            StandardError.writeLine("dragoman: timed out: \(state)")
            throw ExitStatus.timedOut
        case .interrupted:
            StandardError.writeLine("dragoman: interrupted: \(state)")
            throw ExitStatus.interrupted
        }
    }
}

extension ProgressDisplay {
    /// What will be shown next: how far a batch is.
    func update(_ progress: GatherProgress, batch: String) {
        switch progress.phase {
        case .waitingForRecord: update("waiting for the record of batch \(batch)")
        case .waitingForSubmit: update("batch \(batch) is still being submitted, or its submit broke")
        case .waitingForBrokers: update("the brokers have gone away; waiting for them to come back")
        case .catchingUp, .waitingForResults:
            var report = ProgressReport(
                verb: "done", done: progress.done, total: progress.total, failed: progress.failed,
                audioSeconds: progress.audioSeconds)
            report.isSteady = progress.phase == .waitingForResults
            report.work = progress.totalHintSeconds.map {
                ProgressReport.Work(done: progress.hintSeconds, total: $0)
            }
            update(report)
        }
    }
}
