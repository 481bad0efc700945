import CRdkafka
import Dispatch
import Logging
import Synchronization

/// Follows partitions of one topic, which may come and go, on one client and one thread.
///
/// A broker that is away, or answers with errors, ends nothing: following goes on when it is back. Close a follower when
/// done: ``close(timeout:)``.
public final class KafkaFollower: Sendable {
    /// `nil` once closed.
    private let handle: Mutex<ClientHandle?>
    private let thread: FollowThread
    private let destroyed: Latch
    private let lookups = DispatchQueue(label: "kafka.follower")
    private let topic: String
    private let configuration: KafkaConfiguration
    private let logger: Logger

    /// Creates a follower. It connects in the background.
    /// - Parameter onRecords: Takes the records, on the follower's thread, in order within a partition.
    /// - Throws: ``KafkaError`` (configuration).
    public init(
        configuration: KafkaConfiguration, topic: String, logger: Logger,
        onRecords: @escaping @Sendable ([KafkaRecord]) -> Void
    ) throws(KafkaError) {
        let properties = ClientProperties(kind: .reader, configuration: configuration)
        let handle = try ClientHandle(properties, context: ClientContext(logger: logger))
        self.topic = topic
        self.configuration = configuration
        self.logger = logger
        self.handle = Mutex(handle)
        destroyed = handle.destroyed
        thread = FollowThread(topic: topic, configuration: configuration, logger: logger, onRecords: onRecords)
        thread.start(handle)
    }

    deinit { thread.close() }

    /// Begins to follow partitions, or goes on with those that are followed already, and returns when all that they
    /// held at the time of the call has been handed over.
    ///
    /// When it throws, what could be begun goes on: the call may be made again.
    /// - Parameter partitions: Partition to first offset. One below the partition's first is taken as the first. One past
    ///   the end means that the log was lost: that is logged, and the first is taken.
    /// - Returns: The ends that the partitions had.
    /// - Throws: ``KafkaError`` (unknownTopic, unknownPartition, brokerUnreachable, timedOut after the request time-out
    ///   without any progress, closed), or `CancellationError` when the task is cancelled or one of the partitions
    ///   stopped.
    public func follow(_ partitions: [Int32: Int64]) async throws -> [Int32: Int64] {
        guard !partitions.isEmpty else { return [:] }
        let id = thread.announce(partitions.keys)
        // Does nothing once it has ended.
        defer { thread.abandon(id) }
        let ranges = try await lookups.runCancellably { [self] in
            guard let handle = handle.withLock({ $0 }) else { throw KafkaError(.closed, "the follower is closed") }
            return try handle.watermarks(of: partitions.keys.sorted(), topic: topic, configuration)
        }
        var starts: [Int32: Int64] = [:]
        for (partition, offset) in partitions {
            guard let range = ranges[partition] else { continue }
            starts[partition] = ReadingPosition.first(
                offset, of: KafkaPartition(topic: topic, partition: partition), in: range, logger: logger)
        }
        return try await thread.follow(starts, until: ranges.mapValues(\.high), as: id)
    }

    /// Ends following partitions. Only what is being handed over at this moment may still come.
    public func stop(_ partitions: [Int32]) {
        thread.stop(partitions)
    }

    /// Ends everything. Returns within about `timeout`.
    public func close(timeout: Duration = .seconds(10)) async {
        handle.withLock { $0 = nil }
        thread.close()
        if await !destroyed.wait(for: timeout) {
            logger.warning("The follower of \(topic) did not shut down in time; it is left to do so in the background")
        }
    }
}
