import Synchronization

/// The calls that are under way, so that their end can be waited for.
final class CallCounter: Sendable {
    private struct State {
        var count = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let (last, ending) = AsyncStream<Never>.makeStream()

    /// Takes a call. One that comes too late fails by itself.
    func begin() {
        state.withLock { $0.count += 1 }
    }

    /// Takes the end of a call.
    func end() {
        note { $0.count -= 1 }
    }

    /// Takes note that nobody waits for more.
    func close() {
        note { $0.isClosed = true }
    }

    /// Waits until it is closed and no call is under way, or the task is cancelled.
    func waitForLast() async {
        for await _ in last {}
    }

    private func note(_ change: (inout State) -> Void) {
        let isOver = state.withLock { state in
            change(&state)
            return state.isClosed && state.count == 0
        }
        if isOver { ending.finish() }
    }
}
