import ArgumentParser
import Checkpoint
import CommandSupport
import Coordinator
import Evaluation
import Jobs
import Logging
import Platform

struct EvaluateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Translate recordings that have references, and report how good the translations are.",
        discussion: """
            A manifest is a table as CoVoST 2's scripts write it (.tsv with the columns path, sentence, translation and \
            client_id, a backslash before what would end a field), or JSONL with the same names. The direction is that of \
            the columns source (or language) and target, of --source and --target, or of a name such as \
            covost_v2.fr_en.test.tsv. Relative paths of recordings begin at --clips, which itself begins at the manifest's folder.

            The folder holds the results as they come and the report in Markdown, JSON and SVG: BLEU and chrF2 by direction \
            and by group of languages, next to what the XLS-R paper reports; the worst sentences; how long it took. The same \
            command again goes on where it was interrupted, and tries again what failed on this machine.

            Examples:
              dragoman evaluate fr/covost_v2.fr_en.test.tsv --clips clips \\
                --model wav2vec2-xls-r-1b-21-to-en -o evaluation
              dragoman evaluate */covost_v2.*_en.test.tsv --clips clips \\
                --through-fleet --brokers kafka:9092 -o evaluation
              dragoman evaluate test.tsv --model 300m-int8.dragoman \\
                --baseline wav2vec2-xls-r-300m-21-to-en -o int8-against-f32

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("Recordings with references.", valueName: "manifest"), completion: .file())
    var manifests: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for results and report.", valueName: "folder"))
    var output: String

    @Flag(help: "Have the fleet's workers translate, instead of a model on this machine.")
    var throughFleet = false

    @Option(
        help: ArgumentHelp("Translate nothing: take the results of another evaluation.", valueName: "path"),
        completion: .file())
    var results: String?

    @Option(
        help: ArgumentHelp(
            "Compare with this, by paired bootstrap: a model, or the results of another evaluation.", valueName: "path"),
        completion: .file())
    var baseline: String?

    @OptionGroup(title: "Recordings") var recordings: RecordingArguments
    @OptionGroup(title: "Scores") var metric: MetricArguments

    @Option(help: ArgumentHelp("Sentences among the worst in the report.", valueName: "number"))
    var worst = 10

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Engine") var decoderLimits: DecoderLimitArguments
    @OptionGroup(title: "Translation") var decoding: DecodingArguments

    @Option(help: "Send to the workers' queue for jobs that somebody waits for, or to the one for bulk.")
    var lane = SubmitOptions.Lane.bulk

    @Option(help: ArgumentHelp("Longest wait for the fleet. (default: none)", valueName: "seconds"))
    var timeout: Double?

    @Flag(help: "Print the report as JSON, instead of a table.")
    var json = false

    @OptionGroup(title: "General") var progress: ProgressArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        guard !manifests.isEmpty else { throw ValidationError("expected a manifest or more") }
        guard [throughFleet, results != nil, engine.model != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--model, --through-fleet and --results exclude each other")
        }
        guard (0...100_000).contains(worst) else { throw ValidationError("--worst: expected 0 to 100000 sentences") }
        if let timeout, !(0...1e9).contains(timeout) { throw ValidationError("--timeout: expected 0 seconds or more") }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let items = try await BlockingCall.run { [recordings, manifests, target = decoding.target] _ in
            try recordings.items(manifests, target: target)
        }
        let folder = try EvaluationFolder(path: output)
        let (report, ending) = try await interruptible { [self] in
            do {
                let (system, ending) = try await evaluate(items, folder, settings)
                let baseline = try await baselineSystem(items, folder, settings)
                let report = try await BlockingCall.run { [metric, worst] _ in
                    try EvaluationReport(
                        items: items, system: system, baseline: baseline, tokenizer: metric.tokenize,
                        resampling: metric.resampling, worstCount: worst)
                }
                return (report, ending)
            } catch is CancellationError {
                StandardError.writeLine("dragoman: interrupted: the same command goes on from here")
                throw ExitStatus.interrupted
            }
        }
        try folder.write(report)
        let lines = json ? [try report.json.trimmingSuffix("\n")] : EvaluationTable(report).lines
        for line in lines { StandardOutput.writeLine(line) }
        progress.say("the report is \(folder.report)")
        try end(report, ending)
    }

    /// The translations to be judged.
    private func evaluate(
        _ items: [EvaluationItem], _ folder: EvaluationFolder, _ settings: Settings
    ) async throws -> (EvaluatedSystem, GatheredBatch.Ending) {
        if let results {
            return (EvaluatedSystem(results: try await Self.read(Self.resultsPath(results))), .complete)
        }
        guard throughFleet else {
            let path = try engine.modelPath(settings)
            let results = try await translate(items, model: path, to: folder.results, settings)
            return (EvaluatedSystem(results: results), .complete)
        }
        let topics = try kafka.topics(settings)
        let logger = try log.logger(settings, default: .critical)
        let (configuration, group) = (try kafka.configuration(settings), try group.name(settings, topics: topics))
        let fleet = FleetEvaluation(
            submitter: Submitter(kafka: configuration, topics: topics, group: group, format: .protobuf, logger: logger),
            gatherer: Gatherer(kafka: configuration, topics: topics, group: group, logger: logger),
            decoding: decoding.inJob, lane: lane, timeout: timeout.map { .seconds($0) }, display: progress.display,
            isQuiet: progress.quiet)
        let (results, ending) = try await fleet.run(items, folder: folder)
        if ending == .interrupted { throw CancellationError() }
        return (EvaluatedSystem(results: results), ending)
    }

    /// What to compare with.
    private func baselineSystem(
        _ items: [EvaluationItem], _ folder: EvaluationFolder, _ settings: Settings
    ) async throws -> EvaluatedSystem? {
        guard let baseline else { return nil }
        let name = baseline.split(separator: "/").last.map(String.init) ?? baseline
        let path = Self.resultsPath(baseline)
        if path.hasSuffix(".jsonl") {
            return EvaluatedSystem(name: "\(name) (baseline)", results: try await Self.read(path))
        }
        let results = try await translate(items, model: baseline, to: folder.baseline, settings)
        return EvaluatedSystem(name: "\(name) (baseline)", results: results)
    }

    private func translate(
        _ items: [EvaluationItem], model path: String, to resultsPath: String, _ settings: Settings
    ) async throws -> EvaluationResults {
        let engine = try Engine(
            path: path, threads: engine.threadCount(settings, default: Processors.available),
            limits: decoderLimits.limits(settings), logger: log.logger(settings, default: .warning))
        let evaluation = try LocalEvaluation(engine: engine, decoding: decoding.inJob, display: progress.display)
        try evaluation.validate(items)
        return try await evaluation.run(items, resultsPath: resultsPath, name: engine.checkpoint.name)
    }

    private static func read(_ path: String) async throws -> EvaluationResults {
        try await BlockingCall.run { _ in try EvaluationResults(path: path) }
    }

    /// The results in an evaluation's folder; any other path is itself.
    private static func resultsPath(_ path: String) -> String {
        let inFolder = path + "/results.jsonl"
        return (try? SystemCalls.status(path: inFolder))?.isRegularFile == true ? inFolder : path
    }

    /// Says what failed and what is missing.
    private func end(_ report: EvaluationReport, _ ending: GatheredBatch.Ending) throws {
        if report.failed > 0 {
            StandardError.writeLine(
                "dragoman: \(ReadableNumber.count(report.failed)) of "
                    + "\(ReadableNumber.counted(report.segments, "recording")) failed, and count as empty translations")
        }
        if report.missing > 0 {
            StandardError.writeLine(
                "dragoman: \(ReadableNumber.counted(report.missing, "recording")) without a result, not counted")
        }
        if ending == .timedOut { throw ExitStatus.timedOut }
        if report.failed > 0 || report.missing > 0 { throw ExitStatus.someFailed }
    }
}
