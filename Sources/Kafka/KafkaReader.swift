import Logging

/// Looks at topics without being a member of a group: partition counts, watermarks, records from given offsets.
public final class KafkaReader: Sendable {
    /// Where a read ends.
    public enum End: Sendable, Hashable {
        /// At the end offsets the partitions had when the read began.
        case currentEnd
        /// Never: new records are delivered as they come, until the iterating task is cancelled.
        case never
    }

    /// Creates a reader. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws {
        throw KafkaError(.configuration, "not built yet")
    }

    /// How many partitions a topic has. Never creates the topic.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, authentication, closed).
    public func partitionCount(of topic: String) async throws -> Int { 0 }

    /// The first offset that can be read and the one the next record will get.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed).
    public func watermarks(topic: String, partition: Int32) async throws -> (low: Int64, high: Int64) { (0, 0) }

    /// What a group has committed in a topic; partitions without a commit are left out.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, timedOut, closed).
    public func committedOffsets(group: String, topic: String) async throws -> [KafkaOffset] { [] }

    /// Reads some partitions of a topic, each from an offset.
    ///
    /// Records are in order within a partition. Reading runs ahead of the iterating task by `bufferLimit` records and stops when the sequence
    /// and its iterators are gone.
    /// - Parameters:
    ///   - offsets: Partition to first offset. An offset below the partition's first is taken as the first (so 0 means
    ///     from the beginning), one past the end as the end.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed); so does the sequence.
    public func read(
        topic: String, from offsets: [Int32: Int64], until end: End, bufferLimit: Int = 1000
    ) async throws -> KafkaRecordSequence<KafkaRecord> { KafkaRecordSequence() }

    /// Ends all reads. Returns within about `timeout`.
    public func close(timeout: Duration = .seconds(10)) async {}
}
