/// Why a worker can't begin or go on.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// A topic the worker needs does not exist.
        case missingTopic
        /// Topics that must have equally many partitions don't.
        case partitionCountsDiffer
        /// The audio storage hangs, and with it more calls than can be left to themselves.
        case storageHangs
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong and what to do about it.
    public let message: String
    /// The error behind it.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Somebody has to change the topics first.
    public var isRetriable: Bool { false }

    /// The message.
    public var description: String { message }
}
