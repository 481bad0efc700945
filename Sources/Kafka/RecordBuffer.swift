import Synchronization

/// A bounded hand-over between the thread that polls and the tasks that iterate.
///
/// The bound is the poller's to keep: it asks for ``room``, of which there is none from the limit on until half of it is
/// taken.
final class RecordBuffer<Element: Sendable>: Sendable {
    private struct Waiter {
        let id: Int
        /// How many elements to take at most.
        let limit: Int
        /// Resumed with nothing at the end.
        let continuation: CheckedContinuation<[Element], any Error>
    }

    private struct State {
        var elements: [Element] = []
        /// Elements before this index have been taken already.
        var head = 0
        var isThrottled = false
        var waiters: [Waiter] = []
        var nextWaiter = 0
        var ending: Ending?

        var count: Int { elements.count - head }

        mutating func take(_ limit: Int) -> [Element] {
            if head == 0, limit >= elements.count {
                defer { elements = [] }
                return elements
            }
            let taken = Array(elements[head..<min(elements.count, head + min(limit, count))])
            head += taken.count
            // Dropping the taken half at a time keeps the cost per element constant.
            if head * 2 >= elements.count {
                elements.removeFirst(head)
                head = 0
            }
            return taken
        }
    }

    private enum Ending {
        case finished
        case failed(KafkaError)
    }

    private let state = Mutex(State())
    private let limit: Int
    private let onRoom: @Sendable () -> Void

    /// Creates a buffer.
    /// - Parameters:
    ///   - limit: How many elements it holds, but at least one.
    ///   - onRoom: Called by a task that iterates when there is room again.
    init(limit: Int, onRoom: @escaping @Sendable () -> Void = {}) {
        self.limit = max(1, limit)
        self.onRoom = onRoom
    }

    /// Elements held.
    var count: Int { state.withLock { $0.count } }

    /// How many elements the poller may deliver.
    var room: Int { state.withLock { $0.isThrottled ? 0 : limit - $0.count } }

    /// Hands over elements. They are dropped once the buffer has ended.
    func append(_ new: [Element]) {
        var handed: [(waiter: Waiter, elements: [Element])] = []
        state.withLock { state in
            guard state.ending == nil else { return }
            var rest = new[...]
            while !rest.isEmpty, !state.waiters.isEmpty {
                let waiter = state.waiters.removeFirst()
                handed.append((waiter, Array(rest.prefix(waiter.limit))))
                rest = rest.dropFirst(waiter.limit)
            }
            state.elements.append(contentsOf: rest)
            if state.count >= limit { state.isThrottled = true }
        }
        for (waiter, elements) in handed { waiter.continuation.resume(returning: elements) }
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
                waiter.continuation.resume(returning: [])
            }
        }
    }

    /// The next elements, as many as there are but at most so many; none when the buffer has ended or the task is
    /// cancelled.
    func next(atMost limit: Int) async throws -> [Element] {
        // With elements at hand, which is the rule, neither a handler nor a continuation is needed.
        if let elements = try ready(limit) { return elements }
        let id = state.withLock { state in
            defer { state.nextWaiter += 1 }
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enlist(Waiter(id: id, limit: limit, continuation: $0)) }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: [])
        }
    }

    /// What a task that asks now gets at once, or `nil` if it has to wait: then it is enlisted, if it is given.
    private func ready(_ limit: Int, enlisting waiter: Waiter? = nil) throws(KafkaError) -> [Element]? {
        var elements: [Element]?
        var failure: KafkaError?
        var hasRoomAgain = false
        state.withLock { state in
            // Cancellation is looked at under the lock: the handler either finds the waiter or ran before this.
            if Task.isCancelled { return elements = [] }
            if state.count > 0 {
                elements = state.take(limit)
                hasRoomAgain = state.isThrottled && state.count <= self.limit / 2
                if hasRoomAgain { state.isThrottled = false }
                return
            }
            switch state.ending {
            case .failed(let error): failure = error
            case .finished: elements = []
            case nil: if let waiter { state.waiters.append(waiter) }
            }
        }
        if let failure { throw failure }
        if hasRoomAgain { onRoom() }
        return elements
    }

    private func enlist(_ waiter: Waiter) {
        do throws(KafkaError) {
            if let elements = try ready(waiter.limit, enlisting: waiter) {
                waiter.continuation.resume(returning: elements)
            }
        } catch {
            waiter.continuation.resume(throwing: error)
        }
    }
}
