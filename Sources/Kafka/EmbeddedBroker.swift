import Logging

/// A broker inside this process, for trying things out and for tests: librdkafka's mock cluster, listening on loopback. Other
/// processes may connect to it.
///
/// It keeps everything in memory, at most 5 MB or 100,000 records per partition, and knows no administration,
/// transactions or security. All is gone when the object is.
public final class EmbeddedBroker: Sendable {
    /// Settings that its clients should use. A rebalance on this broker lasts as long as the session timeout less a second, so
    /// the usual 45 s would leave a group idle for long.
    public static let sessionSettings: [String: String] = [
        "session.timeout.ms": "6000",
        "heartbeat.interval.ms": "1000",
    ]

    /// `host:port` of each broker, separated by commas.
    public let bootstrapServers: String

    /// Starts brokers on free ports of the loopback interface.
    /// - Throws: ``KafkaError`` (configuration) for a bad topic.
    public init(topics: [(name: String, partitions: Int)], brokers: Int = 1, logger: Logger? = nil) throws {
        throw KafkaError(.configuration, "not built yet")
    }
}
