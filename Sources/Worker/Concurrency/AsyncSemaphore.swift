import Synchronization

/// Lets tasks through as long as there are permits. The others wait in the order they came, also those that want fewer
/// than the first of them; a cancelled one stops waiting.
final class AsyncSemaphore: Sendable {
    private typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter {
        let id: Int
        let count: Int
        let continuation: Continuation
    }

    private struct State {
        var permits: Int
        var waiters: [Waiter] = []
        var nextID = 0

        /// Takes those out that need wait no longer.
        mutating func admit() -> [Continuation] {
            var admitted: [Continuation] = []
            while let first = waiters.first, first.count <= permits {
                permits -= first.count
                admitted.append(waiters.removeFirst().continuation)
            }
            return admitted
        }
    }

    private let limit: Int
    private let state: Mutex<State>

    /// Creates a semaphore with so many permits, at least one.
    init(permits: Int) {
        limit = max(1, permits)
        state = Mutex(State(permits: limit))
    }

    /// Permits that are taken.
    var taken: Int { limit - state.withLock(\.permits) }

    /// Tasks that wait.
    var waitingCount: Int { state.withLock(\.waiters.count) }

    /// Runs `body` with a permit.
    /// - Throws: `CancellationError` when the task is cancelled before it gets one.
    func withPermit<Success: Sendable>(_ body: () async throws -> Success) async throws -> Success {
        try await acquire()
        defer { release() }
        return try await body()
    }

    /// Waits for permits; ``release(_:)`` gives them back. More than there are can't be had.
    /// - Throws: `CancellationError`.
    func acquire(_ count: Int = 1) async throws {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { enlist($0, as: id, count: count) }
        } onCancel: {
            let (waiter, admitted) = state.withLock { state -> (Waiter?, [Continuation]) in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return (nil, []) }
                // Those behind it may want less.
                return (state.waiters.remove(at: index), state.admit())
            }
            waiter?.continuation.resume(throwing: CancellationError())
            for continuation in admitted { continuation.resume() }
        }
    }

    /// Gives permits back. A negative count takes some without waiting, even if there are none.
    func release(_ count: Int = 1) {
        let admitted = state.withLock { state in
            state.permits += count
            return state.admit()
        }
        for continuation in admitted { continuation.resume() }
    }

    private func enlist(_ continuation: Continuation, as id: Int, count: Int) {
        let outcome: Result<Void, any Error>? = state.withLock { state in
            // Looked at under the lock: the cancellation handler either finds the waiter or ran before this.
            if Task.isCancelled { return .failure(CancellationError()) }
            if state.waiters.isEmpty, state.permits >= count {
                state.permits -= count
                return .success(())
            }
            state.waiters.append(Waiter(id: id, count: count, continuation: continuation))
            return nil
        }
        if let outcome { continuation.resume(with: outcome) }
    }
}
