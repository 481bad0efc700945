import Synchronization

/// The tasks of the jobs in flight, at most so many. They don't hear of the cancellation of whoever started them.
final class JobTasks: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var nextID = 0
    }

    private let slots: AsyncSemaphore
    private let state = Mutex(State())

    init(limit: Int) {
        slots = AsyncSemaphore(permits: limit)
    }

    /// Tasks that have not ended.
    var count: Int { state.withLock { $0.tasks.count } }

    /// Starts a task as soon as there is room.
    /// - Throws: `CancellationError` when the caller is cancelled before that.
    func start(_ body: @escaping @Sendable () async -> Void) async throws {
        try await slots.acquire()
        state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.tasks[id] = Task {
                await body()
                // Waits for the assignment above, as that happens under the lock.
                self.state.withLock { $0.tasks[id] = nil }
                slots.release()
            }
        }
    }

    /// Cancels the tasks.
    func cancelAll() {
        for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
    }

    /// Waits until all that were started so far have ended.
    func waitUntilIdle() async {
        for task in state.withLock({ Array($0.tasks.values) }) { await task.value }
    }
}
