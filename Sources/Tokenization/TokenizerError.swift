/// Why a tokenizer could not be loaded, or a target language not be found. The message names the file, code or id
/// concerned and says what would be right.
public struct TokenizerError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The SentencePiece model can't be opened.
        case fileNotReadable
        /// The file is not a SentencePiece model, is cut short or contradicts itself.
        case malformedModel
        /// The network's vocabulary is too small for the model's pieces.
        case vocabularyMismatch
        /// The checkpoint does not translate into this language.
        case unknownTargetLanguage
    }

    /// The kind of failure.
    public let code: Code
    /// What happened, where, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Whether trying again can help: never.
    public var isRetriable: Bool { false }

    /// The message.
    public var description: String { message }
}
