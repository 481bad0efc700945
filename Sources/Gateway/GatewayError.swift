/// Why the gateway can't work.
public struct GatewayError: Error, Sendable, CustomStringConvertible {
    /// Kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        /// The index's file can't be opened or written, or is not one.
        case index
        /// A setting makes no sense.
        case configuration
        /// A certificate, key or token file can't be used.
        case credentials
        /// The topics are not as they must be.
        case topics
        /// The address can't be listened at.
        case address
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong with which file or setting, and what would be right.
    public let message: String
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// Nothing here passes by itself.
    public var isRetriable: Bool { false }

    /// The message.
    public var description: String { message }
}
