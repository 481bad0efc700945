import CRdkafka
import Dispatch
import Logging
import Synchronization

/// Looks at topics without being a member of a group: partition counts, watermarks, records from given offsets.
///
/// Nothing here creates a topic. Close a reader when done: ``close(timeout:)``.
public final class KafkaReader: Sendable {
    /// Where a read ends.
    public enum End: Sendable, Hashable {
        /// At the end offsets the partitions had when the read began.
        case currentEnd
        /// Never: new records are delivered as they come, until the iterating task is cancelled.
        case never
    }

    /// `nil` once closed.
    private let handle: Mutex<ClientHandle?>
    /// Partition counts of topics seen so far.
    private let topics = Mutex<[String: Int]>([:])
    private let isClosed = SharedFlag()
    private let configuration: KafkaConfiguration
    private let logger: Logger
    private let destroyed: Latch
    private let pollThread: PollThread
    private let lookups = DispatchQueue(label: "kafka.reader")

    /// Creates a reader. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        let properties = ClientProperties(kind: .reader, configuration: configuration)
        let handle = try ClientHandle(properties, context: ClientContext(logger: logger))
        self.configuration = configuration
        self.logger = logger
        self.handle = Mutex(handle)
        destroyed = handle.destroyed
        pollThread = PollThread(name: "kafka.reader", handle: handle)
    }

    /// How many partitions a topic has.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, authentication, closed).
    public func partitionCount(of topic: String) async throws -> Int {
        try await lookups.run { [self] in
            let counts = try openHandle().partitionCounts(configuration)
            topics.withLock { $0 = counts }
            guard let count = counts[topic] else {
                throw KafkaError(.unknownTopic, "topic \(topic) does not exist on \(configuration.bootstrapServers)")
            }
            return count
        }
    }

    /// The first offset that can be read and the one the next record will get.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed).
    public func watermarks(topic: String, partition: Int32) async throws -> (low: Int64, high: Int64) {
        let name = KafkaPartition(topic: topic, partition: partition)
        // librdkafka would ask for the topic by name, and some brokers create what they are asked for.
        let known = topics.withLock { $0[topic] ?? 0 }
        let count = partition < known ? known : try await partitionCount(of: topic)
        guard (0..<Int32(clamping: count)).contains(partition) else {
            throw KafkaError(.unknownPartition, "\(name): the topic has \(count) partitions")
        }
        return try await lookups.run { [self] in
            let handle = try openHandle()
            var (low, high): (Int64, Int64) = (0, 0)
            let error = rd_kafka_query_watermark_offsets(
                handle.pointer, topic, partition, &low, &high, configuration.requestTimeout.clampedMilliseconds)
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw handle.context.unanswered("watermarks of \(name) can't be read", error)
            }
            return (low, high)
        }
    }

    /// What a group has committed in a topic; partitions without a commit are left out.
    /// - Throws: ``KafkaError`` (unknownTopic, brokerUnreachable, timedOut, closed).
    public func committedOffsets(group: String, topic: String) async throws -> [KafkaOffset] {
        let count = try await partitionCount(of: topic)
        return try await lookups.run { [configuration, logger] in
            let properties = ClientProperties(kind: .groupObserver(group: group), configuration: configuration)
            let observer = try ClientHandle(properties, context: ClientContext(logger: logger))
            let partitions = (0..<Int32(clamping: count)).map { KafkaPartition(topic: topic, partition: $0) }
            return try observer.committed(partitions, timeout: configuration.requestTimeout)
        }
    }

    /// Reads some partitions of a topic, each from an offset.
    ///
    /// Records are in order within a partition. Reading runs ahead of the iterating task by at most `bufferLimit`
    /// records and stops when the sequence and its iterators are gone. Brokers that can't be reached for longer than the
    /// configuration's request time-out end the sequence with an error.
    /// - Parameters:
    ///   - offsets: Partition to first offset. An offset below the partition's first is taken as the first (so 0 means
    ///     from the beginning), one past the end as the end.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed); so does the
    ///   sequence.
    public func read(
        topic: String, from offsets: [Int32: Int64], until end: End, bufferLimit: Int = 1000
    ) async throws -> KafkaRecordSequence<KafkaRecord> {
        var ranges: [Int32: Range<Int64>] = [:]
        for (partition, offset) in offsets {
            let (low, high) = try await watermarks(topic: topic, partition: partition)
            let first = min(max(offset, low), max(low, high))
            ranges[partition] = first..<(end == .never ? .max : max(first, high))
        }
        let read = try TopicRead(
            topic: topic, ranges: ranges, configuration: configuration, bufferLimit: bufferLimit, logger: logger,
            isReaderClosed: isClosed)
        return read.start()
    }

    /// Ends all reads. Returns within about `timeout`.
    public func close(timeout: Duration = .seconds(10)) async {
        isClosed.raise()
        handle.withLock { $0 = nil }
        pollThread.stop()
        if await !destroyed.wait(for: timeout) {
            logger.warning("The reader did not shut down in time; it is left to do so in the background")
        }
    }

    private func openHandle() throws(KafkaError) -> ClientHandle {
        guard let handle = handle.withLock({ $0 }) else { throw KafkaError(.closed, "the reader is closed") }
        return handle
    }
}
