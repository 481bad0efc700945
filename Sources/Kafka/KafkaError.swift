/// A failed operation on Kafka.
public struct KafkaError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Code: String, Sendable, CaseIterable {
        /// No broker answered.
        case brokerUnreachable
        /// The brokers refused the credentials, or the TLS handshake failed.
        case authentication
        /// The credentials are good but don't allow the operation.
        case authorization
        /// The topic does not exist.
        case unknownTopic
        /// The topic has no such partition.
        case unknownPartition
        /// The topic exists already.
        case topicExists
        /// The record is larger than the client's or the topic's limit.
        case messageTooLarge
        /// The operation was not acknowledged in time; whether it took effect is not known.
        case timedOut
        /// A partition is not, or no longer, assigned to this consumer in that epoch.
        case notAssigned
        /// An offset is lower than one that was committed before.
        case offsetWouldGoDown
        /// The group's coordinator refused a commit.
        case commitFailed
        /// A property is unknown, has a bad value, or would break what this client promises.
        case configuration
        /// The brokers don't know such a request.
        case notSupported
        /// The client was closed.
        case closed
        /// The client can't go on: it must be closed and made anew.
        case fatal
        /// Any other error, see ``KafkaError/brokerError``.
        case other
    }

    /// What kind of failure it was.
    public let code: Code
    /// What failed, with the topic, partition, property or brokers concerned.
    public let message: String
    /// Whether the same operation may succeed later.
    public let isRetriable: Bool
    /// Kafka's or librdkafka's name for the error, such as `ILLEGAL_GENERATION`, where there is one.
    public let brokerError: String?
    /// The error underneath, where there is one.
    public let cause: (any Error)?

    /// Creates an error.
    public init(
        _ code: Code, _ message: String, isRetriable: Bool = false, brokerError: String? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.isRetriable = isRetriable
        self.brokerError = brokerError
        self.cause = cause
    }

    /// The message, with the names of the errors underneath.
    public var description: String {
        var text = message
        if let brokerError { text += " (\(brokerError))" }
        if let cause { text += ": \(cause)" }
        return text
    }
}
