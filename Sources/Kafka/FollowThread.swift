import CRdkafka
import Dispatch
import Foundation
import Logging
import Synchronization

/// The thread behind a ``KafkaFollower``: it alone starts and stops partitions and hands over records.
final class FollowThread: Sendable {
    private static let patience = DispatchTimeInterval.milliseconds(100)
    /// Records handed over at once.
    private static let turn = 1000

    private struct State {
        var followed: FollowedPartitions
        /// Where partitions are to be started that nobody followed.
        var starts: [Int32: Int64] = [:]
        /// Partitions to be stopped before anything is started.
        var stops: Set<Int32> = []
        var waiters: [Int: CheckedContinuation<[Int32: Int64], any Error>] = [:]
        var nextID = 0
        var isClosed = false

        /// Whether a partition's messages are wanted, and not from before it was stopped.
        func wants(_ partition: Int32) -> Bool {
            followed.follows(partition) && starts[partition] == nil && !stops.contains(partition)
        }
    }

    private let topic: String
    private let configuration: KafkaConfiguration
    private let logger: Logger
    private let onRecords: @Sendable ([KafkaRecord]) -> Void
    private let state: Mutex<State>
    private let wakeUp = WakeUp()

    init(
        topic: String, configuration: KafkaConfiguration, logger: Logger,
        onRecords: @escaping @Sendable ([KafkaRecord]) -> Void
    ) {
        self.topic = topic
        self.configuration = configuration
        self.logger = logger
        self.onRecords = onRecords
        state = Mutex(State(followed: FollowedPartitions(patience: configuration.requestTimeout)))
    }

    /// Starts the thread, which holds the client until it is closed.
    func start(_ handle: ClientHandle) {
        let thread = Thread { [self] in run(handle) }
        thread.name = "kafka.follower"
        thread.start()
    }

    /// Notes that partitions are about to be followed, so that they can be stopped from now on.
    /// - Returns: A number for ``follow(_:until:as:)`` or ``abandon(_:)``, one of which has to follow.
    func announce(_ partitions: some Sequence<Int32>) -> Int {
        state.withLock { state in
            defer { state.nextID += 1 }
            state.followed.announce(partitions, id: state.nextID)
            return state.nextID
        }
    }

    func abandon(_ id: Int) {
        let waiter = state.withLock { state in
            state.followed.abandon(id)
            return state.waiters.removeValue(forKey: id)
        }
        waiter?.resume(throwing: CancellationError())
    }

    /// Follows partitions and waits until they have caught up with `ends`.
    func follow(
        _ starts: [Int32: Int64], until ends: [Int32: Int64], as id: Int
    ) async throws -> [Int32: Int64] {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let refusal: (any Error)? = state.withLock { state in
                    if state.isClosed { return Self.closed }
                    guard !Task.isCancelled, let new = state.followed.follow(starts, until: ends, id: id, now: .now)
                    else { return CancellationError() }
                    state.starts.merge(new) { $1 }
                    state.waiters[id] = continuation
                    return nil
                }
                if let refusal { continuation.resume(throwing: refusal) }
                wakeUp.raise()
            }
        } onCancel: {
            abandon(id)
        }
    }

    func stop(_ partitions: [Int32]) {
        state.withLock { state in
            state.followed.stop(partitions)
            for partition in partitions where state.starts.removeValue(forKey: partition) == nil {
                state.stops.insert(partition)
            }
        }
        wakeUp.raise()
    }

    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(throwing: Self.closed) }
        wakeUp.raise()
    }

    private static var closed: KafkaError { KafkaError(.closed, "the follower is closed") }

    // MARK: - The thread

    private func run(_ handle: ClientHandle) {
        guard let queue = RecordQueue(of: handle, waking: wakeUp),
            let topicHandle = rd_kafka_topic_new(handle.pointer, topic, nil)
        else { return close() }
        var running: Set<Int32> = []
        defer {
            for partition in running { rd_kafka_consume_stop(topicHandle, partition) }
            rd_kafka_topic_destroy(topicHandle)
        }
        while true {
            // Serves errors and logs.
            rd_kafka_poll(handle.pointer, 0)
            handle.reportOffsetResets(of: "a follower", configuration, logger: logger)
            let (isClosed, starts, stops) = state.withLock { state in
                defer { (state.starts, state.stops) = ([:], []) }
                return (state.isClosed, state.starts, state.stops)
            }
            if isClosed { return }
            for partition in stops where running.remove(partition) != nil {
                rd_kafka_consume_stop(topicHandle, partition)
            }
            for (partition, offset) in starts where running.insert(partition).inserted {
                if rd_kafka_consume_start_queue(topicHandle, partition, offset, queue.pointer) != 0 {
                    logger.error("\(KafkaError(rd_kafka_last_error(), "\(topic)[\(partition)] can't be followed"))")
                }
            }
            let hasMore = handOver(from: queue)
            finishWaiting()
            if !hasMore { wakeUp.wait(atMost: Self.patience) }
        }
    }

    /// - Returns: Whether there may be more at once.
    private func handOver(from queue: RecordQueue) -> Bool {
        var records: [KafkaRecord] = []
        var count = 0
        while count < Self.turn, let message = queue.next() {
            defer { rd_kafka_message_destroy(message) }
            count += 1
            let partition = message.pointee.partition
            guard state.withLock({ $0.wants(partition) }) else { continue }
            switch message.pointee.err {
            case RD_KAFKA_RESP_ERR_NO_ERROR:
                records.append(KafkaRecord(message, topic: topic))
            case RD_KAFKA_RESP_ERR__PARTITION_EOF:
                handOver(&records)
                let end = message.pointee.offset
                state.withLock { $0.followed.reachedEnd(end, of: partition, now: .now) }
            case let error:
                let detail = rd_kafka_message_errstr(message).map { String(cString: $0) } ?? ""
                logger.warning("\(KafkaError(error, "\(topic)[\(partition)] can't be followed: \(detail)"))")
            }
        }
        handOver(&records)
        return count == Self.turn
    }

    private func handOver(_ records: inout [KafkaRecord]) {
        guard !records.isEmpty else { return }
        onRecords(records)
        let ends = records.reduce(into: [:]) { ends, record in ends[record.partition] = record.offset + 1 }
        state.withLock { $0.followed.handedOver(ends, now: .now) }
        records = []
    }

    private func finishWaiting() {
        let finished = state.withLock { state in
            state.followed.takeOutcomes(now: .now).compactMap { id, outcome in
                state.waiters.removeValue(forKey: id).map { ($0, outcome) }
            }
        }
        for (waiter, outcome) in finished {
            switch outcome {
            case .caughtUp(let ends): waiter.resume(returning: ends)
            case .stopped: waiter.resume(throwing: CancellationError())
            case .timedOut(let missing):
                let names = missing.map { "\(topic)[\($0)]" }.joined(separator: ", ")
                let message = "no records came from \(names) within \(configuration.requestTimeout)"
                waiter.resume(throwing: KafkaError(.timedOut, message, isRetriable: true))
            }
        }
    }
}
