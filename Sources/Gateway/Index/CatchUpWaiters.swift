import Synchronization

/// Tasks that wait until partitions are worked in up to an offset.
final class CatchUpWaiters: Sendable {
    private struct Waiter {
        let goal: OffsetVector
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var applied = OffsetVector()
        var waiters: [Int: Waiter] = [:]
        var nextID = 0
    }

    private let state: Mutex<State>

    init(applied: OffsetVector) {
        state = Mutex(State(applied: applied))
    }

    /// How far the partitions are worked in.
    var applied: OffsetVector { state.withLock { $0.applied } }

    /// Notes how far partitions are worked in now. It may be less than before, where a log was lost.
    func advance(_ ends: [IndexedPartition: Int64]) {
        let done = state.withLock { state in
            state.applied.offsets.merge(ends) { $1 }
            let done = state.waiters.filter { state.applied.covers($0.value.goal) }
            for id in done.keys { state.waiters[id] = nil }
            return done.values
        }
        for waiter in done { waiter.continuation.resume() }
    }

    /// Waits until a point is reached.
    /// - Throws: `CancellationError`.
    func wait(for goal: OffsetVector) async throws {
        let id = state.withLock { state in
            defer { state.nextID += 1 }
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.applied.covers(goal) { return .success(()) }
                    state.waiters[id] = Waiter(goal: goal, continuation: continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }
}
