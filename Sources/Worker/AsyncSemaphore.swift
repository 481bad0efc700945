import Synchronization

/// Lets only so many tasks through at once. The others wait in the order they came; a cancelled one stops waiting.
final class AsyncSemaphore: Sendable {
    private typealias Continuation = CheckedContinuation<Void, any Error>

    private struct State {
        var permits: Int
        var waiters: [(id: Int, continuation: Continuation)] = []
        var nextID = 0
    }

    private let state: Mutex<State>

    /// Creates a semaphore with so many permits, at least one.
    init(permits: Int) {
        state = Mutex(State(permits: max(1, permits)))
    }

    /// Runs `body` with a permit.
    /// - Throws: `CancellationError` when the task is cancelled before it gets one.
    func withPermit<Success: Sendable>(_ body: () async throws -> Success) async throws -> Success {
        try await acquire()
        defer { release() }
        return try await body()
    }

    /// Waits for a permit; ``release()`` gives it back.
    /// - Throws: `CancellationError`.
    func acquire() async throws {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enlist($0, as: id) }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Gives a permit back.
    func release() {
        let next = state.withLock { state -> Continuation? in
            if !state.waiters.isEmpty { return state.waiters.removeFirst().continuation }
            state.permits += 1
            return nil
        }
        next?.resume()
    }

    private func enlist(_ continuation: Continuation, as id: Int) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            // Looked at under the lock: the cancellation handler either finds the waiter or ran before this.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.permits > 0 {
                state.permits -= 1
                return .success(())
            }
            state.waiters.append((id, continuation))
            return nil
        }
        if let outcome { continuation.resume(with: outcome) }
    }
}
