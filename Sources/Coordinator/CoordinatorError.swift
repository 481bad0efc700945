/// Why a batch can't be submitted or gathered.
public struct CoordinatorError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// Nothing to submit.
        case emptyBatch
        /// What sources name has faults; nothing was sent.
        case invalidBatch
        /// Jobs can't be kept on disk.
        case temporaryFile
        /// A submit of the batch began and did not end.
        case unfinishedSubmit
        /// A higher run of the batch was submitted before.
        case runIsOver
        /// A batch of that name holds other jobs.
        case batchNameTaken
        /// Topics that must have equally many partitions don't.
        case partitionCountsDiffer
        /// Nothing has the id.
        case unknownID
        /// Jobs could not be written; those before them were.
        case incompleteSubmit
        /// The gateway, or its brokers, can't be reached.
        case gatewayUnreachable
        /// The gateway's address, certificates or token can't be used.
        case gatewayConfiguration
        /// The gateway did not do what it was asked for.
        case gatewayRefused
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

    /// Whether the same call may succeed later.
    public var isRetriable: Bool { code == .incompleteSubmit || code == .gatewayUnreachable }

    /// The message, and the error behind it.
    public var description: String {
        cause.map { "\(message): \($0)" } ?? message
    }
}

extension CoordinatorError {
    package static func batchNameTaken(_ id: String) -> CoordinatorError {
        CoordinatorError(.batchNameTaken, "batch \(id) was submitted before with other jobs; choose another name")
    }

    package static func unknown(_ id: String) -> CoordinatorError {
        CoordinatorError(
            .unknownID,
            "there is no batch \(id), and no job of that id has a result or waits; give --job for a job that is not "
                + "there yet")
    }
}
