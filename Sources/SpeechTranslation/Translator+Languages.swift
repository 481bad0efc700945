import Checkpoint
import Tokenization

extension Translator {
    /// The codes of the languages the checkpoint translates into, by its authors' lists.
    public var targetLanguages: [String] {
        TargetLanguage.published(
            tokenizer: tokenizer, defaultTokenID: checkpoint.generation.forcedBosTokenID,
            checkpointName: checkpoint.name
        ).map(\.code)
    }
}
