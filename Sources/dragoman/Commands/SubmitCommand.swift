import ArgumentParser
import CommandSupport
import Coordinator
import Foundation
import Jobs
import Logging

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Send recordings to the workers as one batch.",
        discussion: """
            Prints the batch's id, with which 'dragoman gather' collects the results. Nothing is sent unless all of it is \
            right. The workers must see the files under the same paths.

            The same files with the same options are the same jobs, and the same jobs the same batch: submitted again, \
            only those are sent that have no result and are not waiting for one.

            A manifest names a recording each line, in the columns path or uri, and if need be id, target, source, start, \
            end, duration, sha256, deadline and label.NAME. Relative paths begin at the manifest's folder. What a line says goes \
            before the options here.

            Examples:
              dragoman submit --brokers kafka:9092 /audio/2026
              dragoman submit --brokers kafka:9092 --manifest calls.tsv --target de \\
                --dry-run
              dragoman submit --gateway gateway:50051 /audio/2026
              find /audio -name '*.wav' -newer last -print0 |
                dragoman submit --brokers kafka:9092 --null -

            \(ExitStatus.table)
            """)

    @Argument(
        help: ArgumentHelp(
            """
            Files, folders (all recordings below them), URIs, s3://BUCKET/FOLDER/ (likewise), patterns in quotes such as 'data/**/*.wav', or - for a \
            list on standard input.
            """,
            valueName: "source"))
    var sources: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("A table of recordings; - for standard input. Can be repeated.", valueName: "file"))
    var manifest: [String] = []

    @Option(
        help: ArgumentHelp(
            "Form of the manifests: tsv, csv or jsonl. (default: by the file's suffix)", valueName: "format"))
    var manifestFormat: ManifestFormat?

    @Flag(help: "Names on standard input end with NUL, as find -print0 writes them.")
    var null = false

    @OptionGroup(title: "Translation") var decoding: DecodingArguments
    @OptionGroup(title: "Translation") var nBest: NBestArguments
    @OptionGroup(title: "Translation") var guards: GuardArguments
    @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

    @Option(help: "Name or digest of the model that must do the jobs. (default: whichever the workers have)")
    var model: String?

    @Option(help: ArgumentHelp("Spoken language, for the reader of the results.", valueName: "language"))
    var source: String?

    @Option(
        name: .customLong("label"), parsing: .singleValue,
        help: ArgumentHelp("Something to find in the results again. Can be repeated.", valueName: "key=value"))
    var labels: [String] = []

    @Option(
        help: ArgumentHelp(
            """
            When the results are of no use any more: a time (2026-11-22T13:40:00Z), or so long from now (2h, 30m, 90s). \
            What is not finished by then ends as DEADLINE_EXCEEDED.
            """,
            valueName: "time"))
    var deadline: PointInTime?

    @Flag(help: "Have the workers check that the files have the contents they have now (SHA-256).")
    var checksum = false

    @Flag(help: "Read the files' headers for the lengths of the recordings, for estimates.")
    var probe = false

    @Option(help: "Name of the batch. (default: derived from its jobs)")
    var batch: String?

    @Option(
        name: .customLong("run"),
        help: ArgumentHelp(
            "A number above the batch's last repeats all of it. (default: the batch's last, 0 at first)",
            valueName: "number"))
    var runNumber: UInt32?

    @Flag(help: "Go on with a submit of this batch that broke.")
    var resume = false

    @Option(help: "Send to the workers' queue for jobs that somebody waits for, or to the one for bulk.")
    var lane = SubmitOptions.Lane.jobs

    @Option(help: ArgumentHelp("Wait while more jobs than this are waiting for the workers.", valueName: "jobs"))
    var maxBacklog: Int?

    @Option(help: "Encoding of jobs and results. (default: \(WireFormat.protobuf.rawValue))")
    var format: WireFormat?

    @Flag(help: "Check everything, say how much audio it is, and send nothing.")
    var dryRun = false

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @OptionGroup(title: "Storage") var s3: S3Arguments
    @OptionGroup(title: "General") var progress: ProgressArguments
    @OptionGroup(title: "Kafka") var kafka: KafkaArguments
    @OptionGroup(title: "Kafka") var group: GroupArguments
    @OptionGroup(title: "Gateway") var gateway: GatewayArguments
    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        guard !sources.isEmpty || !manifest.isEmpty else {
            throw ValidationError("nothing to submit: give files, folders, patterns, - or --manifest FILE")
        }
        guard (sources + manifest).count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("standard input can be read only once: '-' is given more than once")
        }
        guard !null || sources.contains("-") else { throw ValidationError("--null: only with the source -") }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let backlogLimit = try maxBacklog ?? settings.int(.submitMaxBacklog)
        if let backlogLimit, backlogLimit < 1 { throw ValidationError("--max-backlog: expected 1 job or more") }
        let submission = Submission(
            planner: try BatchPlanner(
                template: template(), name: batch, makesChecksums: checksum, readsLengths: probe || dryRun,
                storage: try s3.anyClient(settings)),
            sources: try batchSources(), fleet: dryRun ? nil : try fleet(settings),
            options: SubmitOptions(
                run: runNumber, resumes: resume, lane: lane,
                backlogLimit: backlogLimit),
            display: progress.display, isJSON: json, isQuiet: progress.quiet)
        try await interruptible { try await submission.run() }
    }

    private func fleet(_ settings: Settings) throws -> any Fleet {
        try FleetChoice(kafka: kafka, group: group, gateway: gateway, log: log).fleet(settings, format: format)
    }

    private func template() throws -> TranslationJob {
        var job = TranslationJob()
        job.model = model ?? ""
        job.targetLanguage = decoding.target ?? ""
        job.sourceLanguage = source ?? ""
        if let deadline {
            let (now, date) = (Date(), deadline.after(Date()))
            guard date > now else { throw ValidationError("--deadline: \(date.iso8601) has passed") }
            job.deadlineDate = date
        }
        var decoding = try nBest.added(to: decoding.inJob)
        if let guards = guards.inJob { decoding.guards = guards }
        let segmentation = segmentation.inJob
        if segmentation != JobSegmentation() { job.segmentation = segmentation }
        if decoding != JobDecoding() { job.decoding = decoding }
        for label in labels {
            guard let equals = label.firstIndex(of: "="), equals > label.startIndex else {
                throw ValidationError("'\(label)' is not a label: expected KEY=VALUE")
            }
            job.labels[String(label[..<equals])] = String(label[label.index(after: equals)...])
        }
        return job
    }

    private func batchSources() throws -> [BatchSource] {
        let manifests = try manifest.map { path in
            guard let format = manifestFormat ?? ManifestFormat(fileName: path) else {
                throw ValidationError("'\(path)' does not end in .tsv, .csv or .jsonl: add --manifest-format")
            }
            return BatchSource.manifest(path: path, format: format)
        }
        return sources.map { $0 == "-" ? .list(isNullSeparated: null) : .argument($0) } + manifests
    }
}

extension WireFormat: ExpressibleByArgument {}
extension ManifestFormat: ExpressibleByArgument {}
extension SubmitOptions.Lane: ExpressibleByArgument {}
