import ArgumentParser
import CommandSupport
import Jobs
import Logging
import Platform
import SpeechTranslation
import Worker

struct TranslateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translate",
        abstract: "Translate recordings on this machine, without Kafka.",
        discussion: """
            A file that can't be translated does not stop the others. Recordings longer than 20 seconds are cut into \
            segments, at pauses, which are translated together; --segmentation says otherwise.

            Subtitles, tables and texts go to standard output for a single file; --output-dir writes a file for each \
            recording, named after it.

            Examples:
              dragoman translate --model 300m.dragoman --format srt lecture.mp3 \
                > lecture.srt
              dragoman translate --model wav2vec2-xls-r-300m-21-to-en talk.flac
              dragoman translate --model wav2vec2-xls-r-1b-en-to-15 --target de \\
                --json *.ogg

            \(ExitStatus.table)
            """)

    @Argument(help: "Recordings.")
    var files: [String]

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Engine") var decoderLimits: DecoderLimitArguments
    @OptionGroup(title: "Translation") var decoding: DecodingArguments
    @OptionGroup(title: "Translation") var nBest: NBestArguments

    @OptionGroup(title: "Translation") var guards: GuardArguments
    @OptionGroup(title: "Segmentation") var segmentation: SegmentationArguments

    @Flag(help: "One JSON object a line: file, text, tokens, scores, alternatives, seconds, segments, status, timings.")
    var json = false

    @Option(
        help: """
            Form of the translations: text; jsonl, the same as --json; srt or vtt subtitles; or tsv, a line for each \
            segment. (default: text)
            """)
    var format: TranscriptFormat?

    @Option(help: ArgumentHelp("Write the translations there, a file for each recording.", valueName: "folder"))
    var outputDir: String?

    @OptionGroup(title: "Subtitles") var subtitles: SubtitleArguments

    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func validate() throws {
        _ = try nBest.added(to: decoding.inJob)
        if json, let format, format != .jsonl {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other")
        }
        if outputDir == nil, files.count > 1, let format, ![.text, .jsonl].contains(format) {
            throw ValidationError("--format \(format.rawValue): of several files only with --output-dir")
        }
        guard chosenFormat == .jsonl || nBest.nBest ?? 1 == 1 else {
            throw ValidationError("--n-best: only with --json, which has the other hypotheses under alternatives")
        }
    }

    func run() async throws {
        let settings = try await configurationFile.settings()
        let engine = try Engine(
            path: engine.modelPath(settings),
            threads: engine.threadCount(settings, default: Processors.available),
            limits: decoderLimits.limits(settings),
            logger: log.logger(settings, default: .warning))
        let options = DecodingOptions(try nBest.added(to: decoding.inJob), target: decoding.target)
        do {
            try engine.translator.validate(options)
        } catch let error as SpeechTranslationError {
            throw ValidationError(error.message)
        }
        let translation = FileTranslation(
            translator: engine.translator, options: options, segmentation: segmentation.inJob, guards: guards.inJob)
        let writer = try TranscriptWriter(
            files: files, format: chosenFormat, subtitles: subtitles.options, folder: outputDir)
        let failed = try await interruptible { [files] in
            var failed = 0
            try await translation.translate(files) { line in
                try writer.write(line)
                failed += line.status.isSuccess ? 0 : 1
            }
            return failed
        }
        guard failed == 0 else {
            StandardError.writeLine("dragoman: \(failed) of \(files.count) files failed")
            throw ExitStatus.someFailed
        }
    }

    private var chosenFormat: TranscriptFormat { json ? .jsonl : format ?? .text }
}
