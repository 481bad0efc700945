import Logging
import Synchronization

/// A member of a consumer group that keeps its membership however long the work on a record takes.
///
/// A thread of its own polls without pause. Records wait in a bounded buffer: when it is full no more are taken from
/// librdkafka, which stops fetching in turn, until it is down to half; the group is polled throughout. Partitions are assigned by
/// `range`. Nothing is committed but what ``commit(_:)`` is told to. A partition without a committed offset is read
/// from its earliest record.
///
/// Brokers that can't be reached are logged and tried again for ever; an error the client can't recover from
/// ends ``records`` by throwing. Close a consumer when done: ``close(timeout:)``.
public final class KafkaGroupConsumer: Sendable {
    let poller: GroupPoller

    /// Joins a group.
    /// - Parameters:
    ///   - group: The consumer group's name.
    ///   - topics: The topics to read. A topic that does not exist is not created.
    ///   - bufferLimit: Records held at most, at least 1.
    ///   - onRebalance: Called on the polling thread, so it must not block: for `assigned` before the first record of
    ///     these partitions arrives, for `revoked` and `lost` after their records left the buffer and, unless they were
    ///     lost, before another member may have them.
    /// - Throws: ``KafkaError`` (configuration).
    public init(
        configuration: KafkaConfiguration, group: String, topics: [String], bufferLimit: Int, logger: Logger,
        onRebalance: (@Sendable (KafkaRebalance) -> Void)? = nil
    ) throws(KafkaError) {
        poller = try GroupPoller(
            configuration: configuration, group: group, topics: topics, bufferLimit: bufferLimit, logger: logger,
            onRebalance: onRebalance)
        poller.start()
    }

    deinit { poller.beginClose(within: .seconds(10)) }

    /// The records of the assigned partitions, in order within each partition. Buffered records of a partition that is
    /// taken away are dropped.
    public var records: KafkaRecordSequence<KafkaGroupRecord> {
        KafkaRecordSequence(buffer: poller.buffer, source: self)
    }

    /// Whether a partition belongs to this consumer since `epoch` without a break.
    public func owns(topic: String, partition: Int32, epoch: Int) -> Bool {
        let partition = KafkaPartition(topic: topic, partition: partition)
        return poller.rebalancer.assignment.withLock { $0.epoch(of: partition) } == epoch
    }

    /// Commits exactly these offsets and returns when the coordinator has them.
    ///
    /// One commit is under way at a time, others wait. An offset whose partition is not owned in its epoch, or that is
    /// lower than one committed before, is left out; the others are committed all the same, and then the error is
    /// thrown. An offset that is equal to the last one is committed again (its metadata may differ).
    /// - Throws: ``KafkaError`` (notAssigned, offsetWouldGoDown, commitFailed, timedOut, closed) naming each offset
    ///   that was not committed.
    public func commit(_ offsets: [KafkaOffset]) async throws {
        try await poller.commit(offsets)
    }

    /// What the group has committed; partitions without a commit are left out.
    /// - Parameter partitions: Any partitions, owned by this consumer or not.
    /// - Throws: ``KafkaError`` (brokerUnreachable, timedOut, closed).
    public func committed(_ partitions: [KafkaPartition]) async throws -> [KafkaOffset] {
        try await poller.committed(partitions)
    }

    /// Leaves the group and ends ``records``. Returns within about `timeout` whatever the brokers do: what is not done
    /// by then is left to a thread of its own and logged.
    public func close(timeout: Duration = .seconds(10)) async {
        await poller.close(timeout: timeout)
    }
}
