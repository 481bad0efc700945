/// Why a gateway did not do what it was asked for.
public struct DragomanError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure: a reason of the gateway's schema, or one of the client's own. A gateway that is newer than this
    /// client may give others.
    public struct Code: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
        /// The name in the schema, such as `JOB_NOT_FOUND`.
        public let rawValue: String

        /// A kind by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong, for people.
    public let message: String
    /// More about it, such as `field`, `limit` or `retry_after_seconds`; see the schema's `ErrorReason`.
    public let metadata: [String: String]
    /// Whether the same call may succeed later.
    public let isRetriable: Bool
    /// The status of gRPC, such as 5 for `NOT_FOUND`, where the gateway or the connection gave one.
    public let statusCode: Int?
    /// The error behind it.
    public let cause: (any Error)?

    /// Creates an error.
    public init(
        _ code: Code, _ message: String, metadata: [String: String] = [:], isRetriable: Bool? = nil,
        statusCode: Int? = nil, cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.metadata = metadata
        self.isRetriable = isRetriable ?? code.isRetriable
        self.statusCode = statusCode
        self.cause = cause
    }

    /// When to try again, where the gateway says so.
    public var retryAfter: Duration? {
        guard let text = metadata["retry_after_seconds"], let seconds = Double(text), (0...1e9).contains(seconds) else {
            return nil
        }
        return .seconds(seconds)
    }

    /// The message, and the error behind it.
    public var description: String { cause.map { "\(message): \($0)" } ?? message }
}
