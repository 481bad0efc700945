import ArgumentParser
import Checkpoint
import CommandSupport
import Platform
import SpeechTranslation

struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Pack a checkpoint into one file that is mapped as it stands.",
        discussion: """
            The file takes the folder's place wherever a command has --model. Its weights lie as the kernels read them, \
            in fewer bits if that is asked for; configuration and tokenizer are inside. It is written a piece at a time, \
            whatever the checkpoint's size, and appears under its name when it is complete.

            Prints the digest of the file's contents. A file that is mapped must never be overwritten: write another, \
            and name it after its digest.

            Examples:
              dragoman convert wav2vec2-xls-r-300m-21-to-en 300m.dragoman \\
                --precision mixed
              dragoman translate --model 300m.dragoman talk.flac

            \(ExitStatus.table)
            """)

    @Argument(help: ArgumentHelp("Folder of the checkpoint.", valueName: "folder"), completion: .directory)
    var model: String

    @Argument(help: ArgumentHelp("File to write.", valueName: "file"))
    var output: String

    @Option(help: "Precision of the linear layers.")
    var precision = PackingPrecision.mixed

    @Option(
        help: ArgumentHelp(
            "Keep only these tokens of the vocabulary.",
            discussion: """
                A text file with a token on each line: a SentencePiece piece, or in a file of nothing but numbers a token \
                id. Always kept are special tokens, languages, and what generating text takes. Other tokens can't be output.
                """, valueName: "file"),
        completion: .file())
    var vocabulary: String?

    @OptionGroup(title: "General") var progress: ProgressArguments

    func run() async throws {
        let checkpoint = try Checkpoint(path: model)
        let shortlist = try vocabulary.map { try VocabularyShortlist(path: $0, checkpoint: checkpoint) }
        let converter = ModelConverter(checkpoint, precision: precision, vocabulary: shortlist)
        let display = progress.display
        defer { display.stop() }
        let digest = try await interruptible { [output] in
            display.start("reading \(checkpoint.name)")
            return try await BlockingCall.run { cancellation in
                try converter.write(to: output, producer: "dragoman \(Version.current)") { progress in
                    try cancellation.check()
                    display.update(progress.words(model: checkpoint.name))
                }
            }
        }
        display.stop()
        StandardOutput.writeLine(digest)
    }
}

extension PackingPrecision: ExpressibleByArgument {}

extension ConversionProgress {
    fileprivate func words(model: String) -> String {
        switch self {
        case .reading(let done, let count): "reading \(model): \(ReadableNumber.percentage(of: done, in: count))"
        case .writing(let done, let count): "\(done) of \(count) tensors written"
        }
    }
}
