/// A message that can't be read or asks for what can't be.
public struct JobsError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The value is not the message its headers say it is.
        case unreadableMessage
        /// A content type other than protobuf and JSON.
        case contentTypeNotSupported
        /// Another message, or another major version.
        case messageTypeNotSupported
        /// A field is missing, malformed or beyond its limit.
        case invalidField
        /// An option is malformed or beyond its limit.
        case invalidOption
        /// The encoded message is over the limit.
        case messageTooLarge
        /// A prefix that does not make topic names.
        case invalidTopicName
    }

    /// What is wrong.
    public let code: Code
    /// What is wrong in words; names the field or header and says what would be right.
    public let message: String
    /// The error behind this one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The same bytes fail the same way.
    public var isRetriable: Bool { false }

    /// What a result or a dead letter says about it.
    public var reason: JobError.Reason {
        switch code {
        case .unreadableMessage: .unreadableMessage
        case .contentTypeNotSupported: .contentTypeNotSupported
        case .messageTypeNotSupported: .messageTypeNotSupported
        case .invalidField, .invalidTopicName: .invalidJob
        case .invalidOption: .invalidOption
        case .messageTooLarge: .resultTooLarge
        }
    }

    /// The message.
    public var description: String { message }
}
