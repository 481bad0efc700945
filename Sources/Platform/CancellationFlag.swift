import Synchronization

/// A task's cancellation, for work that blocks or computes on a thread of its own.
public final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// A flag that is down.
    public init() {}

    /// Whether the task was cancelled.
    public var isRaised: Bool { flag.load(ordering: .relaxed) }

    /// Notes the cancellation.
    public func raise() { flag.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once the task is cancelled.
    public func check() throws(CancellationError) {
        if isRaised { throw CancellationError() }
    }
}
