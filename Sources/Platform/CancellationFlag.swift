import Synchronization

/// Carries a task's cancellation to the thread that computes.
final class CancellationFlag: Sendable {
    private let flag = Atomic<Bool>(false)

    var isRaised: Bool { flag.load(ordering: .relaxed) }

    func raise() { flag.store(true, ordering: .relaxed) }

    func check() throws {
        if isRaised { throw CancellationError() }
    }
}
