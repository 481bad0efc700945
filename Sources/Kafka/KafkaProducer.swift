import Logging

/// Writes records and learns when the brokers have them.
///
/// The producer is idempotent and waits for all in-sync replicas (`enable.idempotence`, `acks=all`), so retries
/// inside neither lose nor repeat a record. Without an explicit partition, records with a key go where Java's default
/// partitioner would put them (`murmur2_random`) and records without one anywhere. Whether writing to a topic that
/// does not exist creates it is the brokers' setting.
///
/// Any number of tasks may send at the same time. Close a producer when done: ``close(timeout:)``.
public final class KafkaProducer: Sendable {
    /// Creates a producer. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws {
        throw KafkaError(.configuration, "not built yet")
    }

    /// Writes a record and returns where it is, once all in-sync replicas have it.
    ///
    /// While the local queue is full the call waits. A cancelled call throws `CancellationError` at once; its record
    /// may still be written.
    /// - Parameters:
    ///   - partition: The partition, or `nil` to have the key decide.
    ///   - value: `nil` writes a tombstone.
    /// - Throws: ``KafkaError`` (messageTooLarge, unknownTopic, unknownPartition, timedOut, authorization, fatal,
    ///   closed, …) or `CancellationError`.
    @discardableResult
    public func send(
        topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader] = []
    ) async throws -> (partition: Int32, offset: Int64) {
        throw KafkaError(.closed, "not built yet")
    }

    /// Waits until every record handed over so far is written or has failed.
    /// - Throws: ``KafkaError`` (timedOut, closed).
    public func flush(timeout: Duration) async throws {}

    /// Writes out what is queued, for at most `timeout`, then fails what is left with ``KafkaError/Code/closed``.
    public func close(timeout: Duration = .seconds(10)) async {}
}
