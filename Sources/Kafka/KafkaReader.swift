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
    /// Looks up what a group has committed: the last one asked about.
    let observer = Mutex<(group: String, handle: ClientHandle)?>(nil)
    /// Raised when it has turned out that the brokers don't describe groups.
    let describesNoGroups = SharedFlag()
    private let isClosed = SharedFlag()
    let configuration: KafkaConfiguration
    let logger: Logger
    private let destroyed: Latch
    private let pollThread: PollThread
    let lookups = DispatchQueue(label: "kafka.reader")

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
            try partitions(of: [topic], openHandle()).count
        }
    }

    /// Reads some partitions of a topic, each from an offset.
    ///
    /// Records are in order within a partition. Reading runs ahead of the iterating task by at most `bufferLimit`
    /// records and stops when the sequence and its iterators are gone. Brokers that can't be reached for longer than the
    /// configuration's request time-out end the sequence with an error; so do partitions that give nothing for that long
    /// before a read's end. A log that is lost while it is read is read on from its new beginning, as far as it goes.
    /// - Parameters:
    ///   - offsets: Partition to first offset. An offset below the partition's first is taken as the first (so 0 means
    ///     from the beginning). One past the end means that the log was lost: that is logged, and the first is taken.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut, closed); so does the
    ///   sequence.
    public func read(
        topic: String, from offsets: [Int32: Int64], until end: End, bufferLimit: Int = 1000
    ) async throws -> KafkaRecordSequence<KafkaRecord> {
        var ranges: [Int32: Range<Int64>] = [:]
        let watermarks = try await self.watermarks(of: topic)
        for (partition, offset) in offsets {
            guard let log = watermarks[partition] else {
                throw KafkaError(
                    .unknownPartition, "\(topic)[\(partition)]: the topic has \(watermarks.count) partitions")
            }
            let first = ReadingPosition.first(
                offset, of: KafkaPartition(topic: topic, partition: partition), in: log, logger: logger)
            ranges[partition] = first..<(end == .never ? .max : max(first, log.high))
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
        observer.withLock { $0 = nil }
        pollThread.stop()
        if await !destroyed.wait(for: timeout) {
            logger.warning("The reader did not shut down in time; it is left to do so in the background")
        }
    }

    func openHandle() throws(KafkaError) -> ClientHandle {
        guard let handle = handle.withLock({ $0 }) else { throw KafkaError(.closed, "the reader is closed") }
        return handle
    }
}
