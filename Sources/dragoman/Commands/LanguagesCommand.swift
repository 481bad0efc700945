import ArgumentParser
import Checkpoint
import CommandSupport
import Evaluation
import Platform
import Tokenization

struct LanguagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "languages",
        abstract: "Say what can be translated into what, and how well by the XLS-R paper.",
        discussion: """
            Without --model, the directions of all published checkpoints. The figures are BLEU on CoVoST 2's test sets; the \
            letter behind each says how well it is known. A direction is called unusable below 5, where nobody would \
            understand what was said, and poor below 15.

            Examples:
              dragoman languages
              dragoman languages --model wav2vec2-xls-r-300m-21-to-en --json

            \(ExitStatus.table)
            """)

    @Option(
        help: ArgumentHelp("Those of one model: a checkpoint's folder or a packed file.", valueName: "path"),
        completion: .file())
    var model: String?

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        let listing = try await BlockingCall.run { [model] _ in
            try model.map(Self.listing(ofModel:)) ?? LanguageListing()
        }
        for line in json ? [listing.json] : listing.lines { StandardOutput.writeLine(line) }
    }

    /// Neither weights nor kernels are needed.
    private static func listing(ofModel path: String) throws -> LanguageListing {
        let checkpoint = try Checkpoint(path: path)
        let tokenizer = try MBartTokenizer(
            model: checkpoint.tokenizerModel.bytes, path: checkpoint.tokenizerModel.path,
            vocabularySize: checkpoint.configuration.decoder.vocabularySize)
        let targets = TargetLanguage.published(
            tokenizer: tokenizer, defaultTokenID: checkpoint.generation.forcedBosTokenID,
            checkpointName: checkpoint.name)
        return LanguageListing(
            model: checkpoint.name, targets: targets, tokenName: { tokenizer.languageCode(tokenID: $0) })
    }
}
