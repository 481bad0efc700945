import CRdkafka
import Dispatch
import Foundation
import Logging
import Synchronization

/// The thread behind a ``KafkaGroupConsumer``.
///
/// The thread holds the poller, not the consumer, so that a consumer which is forgotten gets closed.
final class GroupPoller: Sendable {
    /// How many milliseconds to wait for a record, or for room for it, before looking at the group again.
    private static let patience: Int32 = 50

    private enum Phase {
        case open(ClientHandle)
        /// The thread is to leave the group, or is doing so.
        case closing(ClientHandle, deadline: ContinuousClock.Instant)
        /// The thread is through and the handle is given up, because of an error or because it was asked to.
        case closed(KafkaError?)
    }

    let buffer: RecordBuffer<KafkaGroupRecord>
    let rebalancer: Rebalancer
    /// Questions to the coordinator; they must not wait behind commits.
    let lookups = DispatchQueue(label: "kafka.lookup")
    let requestTimeout: Duration
    /// Signalled when the buffer has room again.
    private let room: DispatchSemaphore
    private let group: String
    private let logger: Logger
    private let phase: Mutex<Phase>
    private let destroyed: Latch

    /// Subscribes. ``start()`` has to follow.
    init(
        configuration: KafkaConfiguration, group: String, topics: [String], bufferLimit: Int, logger: Logger,
        onRebalance: (@Sendable (KafkaRebalance) -> Void)?
    ) throws(KafkaError) {
        guard !topics.isEmpty else { throw KafkaError(.configuration, "group \(group): no topics to read") }
        let room = DispatchSemaphore(value: 0)
        let buffer = RecordBuffer<KafkaGroupRecord>(limit: bufferLimit) { room.signal() }
        let rebalancer = Rebalancer(buffer: buffer, logger: logger, onRebalance: onRebalance)
        let properties = ClientProperties(
            kind: .groupConsumer(group: group, bufferLimit: bufferLimit), configuration: configuration)
        let context = ClientContext(
            logger: logger, onRebalance: { rebalancer.rebalance($0, $1, $2) })
        let handle = try ClientHandle(properties, context: context)
        // Errors and logs then come with the records: one thread serves all.
        rd_kafka_poll_set_consumer(handle.pointer)
        let error = PartitionList(topics: topics).withPointer { rd_kafka_subscribe(handle.pointer, $0) }
        guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw KafkaError(error, fallback: .configuration, "can't subscribe to \(topics)")
        }
        self.buffer = buffer
        self.room = room
        self.rebalancer = rebalancer
        self.group = group
        requestTimeout = configuration.requestTimeout
        self.logger = logger
        phase = Mutex(.open(handle))
        destroyed = handle.destroyed
    }

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
        buffer.cancel()
    }

    /// Leaves the group and waits for it, but only so long.
    func close(timeout: Duration) async {
        beginClose(within: timeout)
        if await !destroyed.wait(for: timeout) {
            logger.warning("Group \(group) was not left within \(timeout); that goes on in the background")
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
        guard let handle = try? handle(), let queue = RecordQueue(of: handle) else { return }
        rebalancer.queue.withLock { $0 = queue }
        let (deadline, error) = serve(handle, queue)
        leave(handle, until: deadline)
        rebalancer.queue.withLock { $0 = nil }
        // Nobody but the commit under way, if there is one, holds the handle after this.
        phase.withLock { $0 = .closed(error) }
    }

    /// Polls until the consumer is closed or can't go on.
    /// - Returns: When to be done with leaving the group, and why the consumer can't go on.
    private func serve(
        _ handle: ClientHandle, _ queue: RecordQueue
    ) -> (deadline: ContinuousClock.Instant, error: KafkaError?) {
        while true {
            if case .closing(_, let deadline) = phase.withLock({ $0 }) { return (deadline, nil) }
            // Keeps the membership, and serves rebalances and errors.
            if let message = rd_kafka_consumer_poll(handle.pointer, 0) {
                defer { rd_kafka_message_destroy(message) }
                if let record = record(in: message, handle) { buffer.append([record]) }
            }
            if let error = handle.context.fatalError {
                buffer.finish(throwing: error)
                return (.now + .seconds(5), error)
            }
            deliver(from: queue, handle)
        }
    }

    /// Hands over records as far as there is room for them. Comes back within ``patience``.
    private func deliver(from queue: RecordQueue, _ handle: ClientHandle) {
        guard buffer.room > 0 else {
            _ = room.wait(timeout: .now() + .milliseconds(Int(Self.patience)))
            return
        }
        var records: [KafkaGroupRecord] = []
        while records.count < buffer.room,
            let message = queue.next(timeoutMilliseconds: records.isEmpty ? Self.patience : 0)
        {
            defer { rd_kafka_message_destroy(message) }
            guard let record = record(in: message, handle) else { break }
            records.append(record)
        }
        buffer.append(records)
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
    private func leave(_ handle: ClientHandle, until deadline: ContinuousClock.Instant) {
        guard let queue = rd_kafka_queue_get_consumer(handle.pointer) else { return }
        defer { rd_kafka_queue_destroy(queue) }
        if let error = rd_kafka_consumer_close_queue(handle.pointer, queue) {
            logger.warning("\(KafkaError(consuming: error, "group \(group) can't be left"))")
            return
        }
        while rd_kafka_consumer_closed(handle.pointer) == 0, ContinuousClock.now < deadline {
            if let message = rd_kafka_consumer_poll(handle.pointer, 50) { rd_kafka_message_destroy(message) }
        }
    }
}
