import CRdkafka
import Dispatch
import Foundation
import Logging
import Synchronization

/// The thread behind a ``KafkaGroupConsumer``.
///
/// The thread holds the poller, not the consumer, so that a consumer which is forgotten gets closed.
final class GroupPoller: Sendable {
    /// How long the thread sleeps when nothing wakes it.
    private static let patience = DispatchTimeInterval.milliseconds(100)
    /// Records taken from one stream before it is the next one's turn.
    private static let turn = 1000

    private enum Phase {
        case open(ClientHandle)
        /// The thread is to leave the group, or is doing so.
        case closing(ClientHandle, deadline: ContinuousClock.Instant)
        /// The thread is through and the handle is given up, because of an error or because it was asked to.
        case closed(KafkaError?)
    }

    let streams: GroupStreams
    let rebalancer: Rebalancer
    /// Questions to the coordinator; they must not wait behind commits.
    let lookups = DispatchQueue(label: "kafka.lookup")
    let configuration: KafkaConfiguration
    /// Raised when something arrived, a buffer has room again, or the consumer is to be closed.
    private let wakeUp: WakeUp
    private let group: String
    private let logger: Logger
    private let phase: Mutex<Phase>
    private let polled = Mutex(ContinuousClock.now)
    /// Opens when the thread is through.
    private let left = Latch()
    private let destroyed: Latch

    /// Subscribes. ``start()`` has to follow.
    init(
        configuration: KafkaConfiguration, group: String, streams: [KafkaStream], startsPaused: Bool, logger: Logger,
        rebalance: KafkaRebalanceHandler
    ) throws(KafkaError) {
        let topics = streams.flatMap(\.topics)
        guard !topics.isEmpty else { throw KafkaError(.configuration, "group \(group): no topics to read") }
        guard Set(topics).count == topics.count else {
            throw KafkaError(.configuration, "group \(group): a topic is to be read twice: \(topics)")
        }
        let wakeUp = WakeUp()
        let groupStreams = GroupStreams(streams, startsPaused: startsPaused, waking: wakeUp)
        let properties = ClientProperties(
            kind: .groupConsumer(group: group, bufferLimit: streams.map(\.bufferLimit).max() ?? 1),
            configuration: configuration)
        let rebalancer = Rebalancer(
            streams: groupStreams, lastCommitTimeout: min(.seconds(3), try properties.sessionTimeout() / 2),
            logger: logger, handler: rebalance)
        let context = ClientContext(
            logger: logger, onRebalance: { rebalancer.rebalance($0, $1, $2) })
        let handle = try ClientHandle(properties, context: context)
        // Errors and logs then come with the records: one thread serves all.
        rd_kafka_poll_set_consumer(handle.pointer)
        try handle.subscribe(to: topics)
        self.streams = groupStreams
        self.wakeUp = wakeUp
        self.rebalancer = rebalancer
        self.group = group
        self.configuration = configuration
        self.logger = logger
        phase = Mutex(.open(handle))
        destroyed = handle.destroyed
    }

    /// When the thread last came round.
    var lastPoll: ContinuousClock.Instant { polled.withLock { $0 } }

    /// Starts the thread, which ends when the poller is closed or librdkafka gives up.
    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "kafka.group"
        thread.start()
    }

    /// Has the thread leave the group.
    func beginClose(within timeout: Duration) {
        phase.withLock { phase in
            guard case .open(let handle) = phase else { return }
            phase = .closing(handle, deadline: .now + timeout)
        }
        for buffer in streams.buffers { buffer.cancel() }
        wakeUp.raise()
    }

    /// Leaves the group and waits for it, but only so long.
    func close(timeout: Duration) async {
        beginClose(within: timeout)
        guard await left.wait(for: timeout) else {
            logger.warning("Group \(group) was not left within \(timeout); that goes on in the background")
            return
        }
        // The client has been seen to wait for ever for partitions that the brokers lost. Nobody else does.
        if await !destroyed.wait(for: min(timeout, .seconds(1))) {
            logger.info("Group \(group) was left, but its client does not end; it is left to do so in the background")
        }
    }

    /// The client, as long as it can be used.
    func handle() throws(KafkaError) -> ClientHandle {
        switch phase.withLock({ $0 }) {
        case .open(let handle), .closing(let handle, _): return handle
        case .closed(let error): throw error ?? KafkaError(.closed, "the consumer of group \(group) is closed")
        }
    }

    // MARK: - The thread

    private func run() {
        defer { left.open() }
        guard let handle = try? handle(), let events = RecordQueue(groupEventsOf: handle, waking: wakeUp)
        else { return }
        let queues = streams.buffers.compactMap { _ in RecordQueue(of: handle, waking: wakeUp) }
        guard queues.count == streams.buffers.count else { return }
        streams.start(handle, queues: queues)
        rebalancer.handle.withLock { $0 = handle }
        let (deadline, error) = serve(handle, queues)
        leave(handle, events, until: deadline)
        rebalancer.handle.withLock { $0 = nil }
        streams.stop()
        // Nobody but the commit under way, if there is one, holds the handle after this.
        phase.withLock { $0 = .closed(error) }
    }

    /// Polls until the consumer is closed or can't go on.
    /// - Returns: When to be done with leaving the group, and why the consumer can't go on.
    private func serve(
        _ handle: ClientHandle, _ queues: [RecordQueue]
    ) -> (deadline: ContinuousClock.Instant, error: KafkaError?) {
        while true {
            polled.withLock { $0 = .now }
            if case .closing(_, let deadline) = phase.withLock({ $0 }) { return (deadline, nil) }
            // Keeps the membership, and serves rebalances and errors.
            while let message = rd_kafka_consumer_poll(handle.pointer, 0) {
                defer { rd_kafka_message_destroy(message) }
                if let record = record(in: message, handle) {
                    streams.buffer(for: record.record.topic)?.append([record])
                }
            }
            handle.reportOffsetResets(of: "group \(group)", configuration, logger: logger)
            regainLostTopics(handle)
            if let error = handle.context.fatalError {
                for buffer in streams.buffers { buffer.finish(throwing: error) }
                return (.now + .seconds(5), error)
            }
            var hasMore = false
            for (buffer, queue) in zip(streams.buffers, queues) where deliver(from: queue, to: buffer, handle) {
                hasMore = true
            }
            if !hasMore { wakeUp.wait(atMost: Self.patience) }
        }
    }

    /// Joins anew where the group was joined while its topics did not exist, as brokers begin that lost their data.
    private func regainLostTopics(_ handle: ClientHandle) {
        let topics = rebalancer.lostTopics.withLock { $0.beginLook(now: .now) }
        guard !topics.isEmpty else { return }
        lookups.async { [self] in
            let counts = (try? handle.partitionCounts(configuration)) ?? [:]
            let areBack = topics.contains { counts[$0] != nil }
            guard rebalancer.lostTopics.withLock({ $0.endLook(areBack: areBack, now: .now) }) else { return }
            logger.warning("group \(group): topics \(topics.sorted()) are there again: joining anew")
            do throws(KafkaError) { try handle.subscribe(to: streams.topics) } catch { logger.error("\(error)") }
        }
    }

    /// Hands over records as far as there is room for them, and as far as it is the stream's turn.
    /// - Returns: Whether there may be more for which there is room.
    private func deliver(
        from queue: RecordQueue, to buffer: RecordBuffer<KafkaGroupRecord>, _ handle: ClientHandle
    ) -> Bool {
        let room = min(buffer.room, Self.turn)
        guard room > 0 else { return false }
        var records: [KafkaGroupRecord] = []
        var taken = 0
        while taken < room, let message = queue.next() {
            defer { rd_kafka_message_destroy(message) }
            taken += 1
            if let record = record(in: message, handle) { records.append(record) }
        }
        if !records.isEmpty { buffer.append(records) }
        // A buffer that was filled up says when there is room again. One whose records went straight to those who waited
        // was not.
        return taken == room && buffer.room > 0
    }

    /// The record in a message, unless it carries an error or its partition is not owned any more.
    private func record(
        in message: UnsafeMutablePointer<rd_kafka_message_t>, _ handle: ClientHandle
    ) -> KafkaGroupRecord? {
        switch message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR: break
        case RD_KAFKA_RESP_ERR__PARTITION_EOF: return nil
        case RD_KAFKA_RESP_ERR__FATAL:
            handle.context.becameFatal(handle.pointer)
            return nil
        case let error:
            let detail = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
            logger.warning("\(KafkaError(error, "group \(group): \(detail)"))")
            return nil
        }
        let record = KafkaRecord(message)
        let partition = KafkaPartition(topic: record.topic, partition: record.partition)
        return rebalancer.assignment.withLock { $0.epoch(of: partition) }.map { epoch in
            KafkaGroupRecord(record: record, epoch: epoch)
        }
    }

    /// Leaves the group. `rd_kafka_consumer_close` would wait for ever when the coordinator is gone, and dead-locks where
    /// nobody serves the last revocation (librdkafka issues 4674 and 2077); this way that one is served here.
    private func leave(_ handle: ClientHandle, _ events: RecordQueue, until deadline: ContinuousClock.Instant) {
        if let error = rd_kafka_consumer_close_queue(handle.pointer, events.pointer) {
            logger.warning("\(KafkaError(consuming: error, "group \(group) can't be left"))")
            return
        }
        while rd_kafka_consumer_closed(handle.pointer) == 0, ContinuousClock.now < deadline {
            if let message = rd_kafka_consumer_poll(handle.pointer, 50) { rd_kafka_message_destroy(message) }
            polled.withLock { $0 = .now }
        }
    }
}
