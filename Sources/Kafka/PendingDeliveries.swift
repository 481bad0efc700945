import Synchronization

/// The tasks that wait for a record to be acknowledged. Each is resumed exactly once: by whoever takes it out.
final class PendingDeliveries: Sendable {
    /// Where an acknowledged record is.
    typealias Position = (partition: Int32, offset: Int64)
    typealias Continuation = CheckedContinuation<Position, any Error>

    private struct State {
        var waiting: [UInt: Continuation] = [:]
        /// From 1 on: as librdkafka's message opaque, 0 would be the null pointer.
        var nextID: UInt = 1
        var isClosed = false
    }

    private let state = Mutex(State())

    /// A name for a delivery to come.
    func makeID() -> UInt {
        state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
    }

    /// Has a task wait, unless that is over.
    /// - Returns: Whether it waits now; if not, it was resumed with an error.
    func insert(_ continuation: Continuation, as id: UInt) -> Bool {
        let error: (any Error)? = state.withLock { state in
            if state.isClosed { return KafkaError.producerClosed }
            // Looked at under the lock: the cancellation handler either finds the task here or ran before this.
            if Task.isCancelled { return CancellationError() }
            state.waiting[id] = continuation
            return nil
        }
        if let error { continuation.resume(throwing: error) }
        return error == nil
    }

    /// Ends one wait; a delivery nobody waits for any more is ignored.
    func finish(_ id: UInt, with result: Result<Position, any Error>) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(with: result)
    }

    /// Ends all waits and lets no new ones in.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume(throwing: KafkaError.producerClosed) }
    }
}

extension KafkaError {
    static let producerClosed = KafkaError(.closed, "the producer is closed")
}
