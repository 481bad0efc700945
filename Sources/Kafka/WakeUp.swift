import Dispatch
import Synchronization

/// Wakes one thread that serves several sources. However often it is raised meanwhile, the thread goes round once.
final class WakeUp: Sendable {
    private let isRaised = Atomic(false)
    private let semaphore = DispatchSemaphore(value: 0)

    /// Has the thread go round, now or as soon as it would wait.
    func raise() {
        if !isRaised.exchange(true, ordering: .acquiringAndReleasing) { semaphore.signal() }
    }

    /// Waits until there is something to do. What is raised from here on is about things the caller may have missed.
    func wait(atMost patience: DispatchTimeInterval) {
        guard semaphore.wait(timeout: .now() + patience) == .success else { return }
        isRaised.store(false, ordering: .sequentiallyConsistent)
    }
}
