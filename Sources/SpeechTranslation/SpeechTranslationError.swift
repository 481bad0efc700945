/// Why a translation could not be made.
public struct SpeechTranslationError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// An option is out of its range.
        case invalidOption
        /// The checkpoint does not have the target language asked for.
        case unknownTargetLanguage
        /// The checkpoint can't be run as it is.
        case unusableModel
        /// The computation gave no finite number.
        case notFinite
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong and what would be right.
    public let message: String
    /// The error behind it.
    public let cause: (any Error)?
    /// Never: the same input fails again.
    public var isRetriable: Bool { false }

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
