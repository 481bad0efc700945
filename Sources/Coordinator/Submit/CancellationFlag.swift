import Synchronization

/// A task's cancellation, for work that blocks a thread of its own.
final class CancellationFlag: Sendable {
    private let isRaised = Atomic(false)

    func raise() { isRaised.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once the task is cancelled.
    func check() throws(CancellationError) {
        if isRaised.load(ordering: .relaxed) { throw CancellationError() }
    }
}
