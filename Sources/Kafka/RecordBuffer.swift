import Synchronization

/// A bounded hand-over between the thread that polls and the tasks that iterate.
///
/// The bound is the poller's to keep: it asks ``wantsMore``, which turns false at the limit and true again at half of it.
final class RecordBuffer<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        /// Elements before this index have been taken already.
        var head = 0
        var isThrottled = false
        var waiters: [(id: Int, continuation: CheckedContinuation<Element?, any Error>)] = []
        var nextWaiter = 0
        var ending: Ending?

        var count: Int { elements.count - head }

        mutating func takeFirst() -> Element? {
            guard head < elements.count else { return nil }
            let element = elements[head]
            head += 1
            // Dropping the taken half at a time keeps the cost per element constant.
            if head * 2 >= elements.count {
                elements.removeFirst(head)
                head = 0
            }
            return element
        }
    }

    private enum Ending {
        case finished
        case failed(KafkaError)
    }

    private let state = Mutex(State())
    private let limit: Int

    /// Creates a buffer that holds `limit` elements, but at least one.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Elements held.
    var count: Int { state.withLock { $0.count } }

    /// Whether the poller should go on delivering.
    var wantsMore: Bool { state.withLock { !$0.isThrottled } }

    /// Hands over one element. It is dropped once the buffer has ended.
    func append(_ element: Element) {
        let waiter = state.withLock { state -> CheckedContinuation<Element?, any Error>? in
            guard state.ending == nil else { return nil }
            if !state.waiters.isEmpty { return state.waiters.removeFirst().continuation }
            state.elements.append(element)
            if state.count >= limit { state.isThrottled = true }
            return nil
        }
        waiter?.resume(returning: element)
    }

    /// Drops the buffered elements that match.
    func removeAll(where matches: (Element) -> Bool) {
        state.withLock { state in
            state.elements.removeFirst(state.head)
            state.head = 0
            state.elements.removeAll(where: matches)
            if state.count <= limit / 2 { state.isThrottled = false }
        }
    }

    /// Ends the buffer after what it holds, with an error or without.
    func finish(throwing error: KafkaError? = nil) {
        end(error.map(Ending.failed) ?? .finished, dropping: false)
    }

    /// Ends the buffer at once.
    func cancel() { end(.finished, dropping: true) }

    private func end(_ ending: Ending, dropping: Bool) {
        let waiters = state.withLock { state in
            if dropping {
                state.elements = []
                state.head = 0
            }
            if state.ending == nil { state.ending = ending }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters {
            if case .failed(let error) = ending {
                waiter.continuation.resume(throwing: error)
            } else {
                waiter.continuation.resume(returning: nil)
            }
        }
    }

    /// The next element; `nil` when the buffer has ended or the task is cancelled.
    func next() async throws -> Element? {
        let id = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enlist(id, $0) }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    private func enlist(_ id: Int, _ continuation: CheckedContinuation<Element?, any Error>) {
        let outcome: Result<Element?, any Error>? = state.withLock { state in
            // Cancellation is looked at under the lock: the handler either finds the waiter or ran before this.
            if Task.isCancelled { return .success(nil) }
            if let element = state.takeFirst() {
                if state.count <= limit / 2 { state.isThrottled = false }
                return .success(element)
            }
            switch state.ending {
            case .failed(let error): return .failure(error)
            case .finished: return .success(nil)
            case nil:
                state.waiters.append((id, continuation))
                return nil
            }
        }
        if let outcome { continuation.resume(with: outcome) }
    }
}
