import ArgumentParser
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
            A file that can't be translated does not stop the others.

            Examples:
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

    @Flag(help: "One JSON object a line: file, text, tokens, scores, seconds, status, timings.")
    var json = false

    @OptionGroup(title: "General") var configurationFile: ConfigurationArguments
    @OptionGroup(title: "General") var log: LogArguments

    func run() async throws {
        let settings = try await configurationFile.settings()
        let engine = try Engine(
            path: engine.modelPath(settings),
            threads: engine.threadCount(settings, default: Processors.available),
            limits: decoderLimits.limits(settings),
            logger: log.logger(settings, default: .warning))
        let options = DecodingOptions(decoding.inJob, target: decoding.target)
        do {
            try engine.translator.validate(options)
        } catch let error as SpeechTranslationError {
            throw ValidationError(error.message)
        }
        let translation = FileTranslation(translator: engine.translator, options: options)
        let failed = try await interruptible { [files, json] in
            var failed = 0
            try await translation.translate(files) { line in
                Self.write(line, asJSON: json, withName: files.count > 1)
                failed += line.status.isSuccess ? 0 : 1
            }
            return failed
        }
        guard failed == 0 else {
            StandardError.writeLine("dragoman: \(failed) of \(files.count) files failed")
            throw ExitStatus.someFailed
        }
    }

    private static func write(_ line: ResultLine, asJSON: Bool, withName: Bool) {
        if let failure = line.failure {
            StandardError.writeLine("dragoman: \(line.file): \(failure.reason): \(failure.message)")
        }
        if asJSON {
            StandardOutput.writeLine(line.json)
        } else if line.status.isSuccess {
            StandardOutput.writeLine(withName ? "\(line.file)\t\(line.text)" : line.text)
        }
    }
}
