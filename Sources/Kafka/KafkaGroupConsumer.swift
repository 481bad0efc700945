import Logging
import Synchronization

/// A member of a consumer group that keeps its membership however long the work on a record takes.
///
/// A thread of its own polls without pause. Records wait in a bounded buffer: when it is full no more are taken from
/// librdkafka, which stops fetching in turn, until it is down to half; the group is polled throughout. Partitions are assigned by
/// `range`. Nothing is committed but what ``commit(_:)`` is told to. A partition without a committed offset is read
/// from its earliest record.
///
/// A log that was cut or lost, so that it does not hold the offset to go on from, is logged in plain words and read from
/// its beginning.
///
/// Brokers that can't be reached are logged and tried again for ever; an error the client can't recover from
/// ends ``records`` by throwing. Close a consumer when done: ``close(timeout:)``.
public final class KafkaGroupConsumer: Sendable {
    let poller: GroupPoller

    /// Joins a group.
    /// - Parameters:
    ///   - group: The consumer group's name.
    ///   - streams: The topics to read, each in one stream.
    ///   - startsPaused: Whether partitions are held back from their assignment on, until ``resume(_:)``.
    ///   - rebalance: What is to be done when partitions come and go.
    /// - Throws: ``KafkaError`` (configuration).
    public init(
        configuration: KafkaConfiguration, group: String, streams: [KafkaStream], startsPaused: Bool = false,
        logger: Logger, rebalance: KafkaRebalanceHandler? = nil
    ) throws(KafkaError) {
        poller = try GroupPoller(
            configuration: configuration, group: group, streams: streams, startsPaused: startsPaused, logger: logger,
            rebalance: rebalance ?? KafkaRebalanceHandler())
        poller.start()
    }

    /// Joins a group to read topics in one stream.
    /// - Throws: ``KafkaError`` (configuration).
    public convenience init(
        configuration: KafkaConfiguration, group: String, topics: [String], bufferLimit: Int, logger: Logger,
        rebalance: KafkaRebalanceHandler? = nil
    ) throws(KafkaError) {
        try self.init(
            configuration: configuration, group: group,
            streams: [KafkaStream(topics: topics, bufferLimit: bufferLimit)], logger: logger, rebalance: rebalance)
    }

    deinit { poller.beginClose(within: .seconds(10)) }

    /// The records of the assigned partitions of a stream, in order within each partition. Buffered records of a
    /// partition that is taken away are dropped.
    /// - Parameter stream: Its index among the streams the consumer was made with.
    public func records(of stream: Int) -> KafkaRecordSequence<KafkaGroupRecord> {
        KafkaRecordSequence(buffer: poller.streams.buffers[stream], source: self)
    }

    /// The records of the first stream.
    public var records: KafkaRecordSequence<KafkaGroupRecord> { records(of: 0) }

    /// When the polling thread last came round. It does so several times a second, unless it is stuck.
    public var lastPoll: ContinuousClock.Instant { poller.lastPoll }

    /// Holds back the records of partitions, without giving up what was fetched. Records that wait for room in their
    /// stream's buffer, or are in it, still come. Partitions that are not owned stay as they are.
    public func pause(_ partitions: [KafkaPartition]) {
        poller.streams.pause(partitions)
    }

    /// Lets the records of partitions through again, in order and none left out or repeated.
    public func resume(_ partitions: [KafkaPartition]) {
        poller.streams.resume(partitions)
    }

    /// Whether a partition belongs to this consumer since `epoch` without a break.
    public func owns(topic: String, partition: Int32, epoch: Int) -> Bool {
        let partition = KafkaPartition(topic: topic, partition: partition)
        return poller.rebalancer.assignment.withLock { $0.epoch(of: partition) } == epoch
    }

    /// Commits exactly these offsets and returns when the coordinator has them.
    ///
    /// One commit is under way at a time, others wait. An offset whose partition is not owned in its epoch or is being
    /// given up, or that is lower than one committed before (unless it ``KafkaOffset/mayGoDown``), is left out; the others
    /// are committed all the same. An offset that is equal to the last one is committed again (its metadata may differ).
    /// - Returns: An error (notAssigned, offsetWouldGoDown, commitFailed, timedOut, …) for each partition that was not
    ///   committed.
    /// - Throws: ``KafkaError`` (closed, fatal) when nothing could be tried.
    public func commit(_ offsets: [KafkaOffset]) async throws -> [KafkaPartition: KafkaError] {
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
