/// Why something can't be scored or evaluated.
public struct EvaluationError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// A text is not UTF-8.
        case unreadableText
        /// Hypotheses and references are not equally many.
        case segmentCountsDiffer
        /// There is nothing to score.
        case nothingToScore
        /// A manifest has a fault.
        case invalidManifest
        /// A file of results is none, or of something else.
        case invalidResults
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong, where, and what would be right.
    public let message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the same call may succeed later: never.
    public var isRetriable: Bool { false }

    /// The message.
    public var description: String { message }
}
