import Dispatch
import Synchronization

/// Opens once. Tasks wait for that, but only so long.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [Int: CheckedContinuation<Bool, Never>] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Opens the latch and lets everyone through.
    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: true) }
    }

    /// Waits until the latch is open. A cancelled task waits all the same: what comes after is clean-up.
    /// - Returns: Whether it opened in time.
    func wait(for timeout: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let waiter: Int? = state.withLock { state in
                if state.isOpen { return nil }
                defer { state.nextWaiter += 1 }
                state.waiters[state.nextWaiter] = continuation
                return state.nextWaiter
            }
            guard let waiter else { return continuation.resume(returning: true) }
            let deadline = DispatchTime.now() + .milliseconds(Int(timeout.clampedMilliseconds))
            DispatchQueue.global().asyncAfter(deadline: deadline) { [self] in
                state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume(returning: false)
            }
        }
    }
}
