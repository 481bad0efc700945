import Synchronization

/// Why a running job is to end early. Whoever says so then cancels the job's task.
final class JobStop: Sendable {
    /// The reasons there are.
    enum Cause: Sendable, Hashable {
        /// Somebody called the job off, with these words.
        case cancelled(String)
        /// Its result is there already.
        case answered
        /// The worker gives it back.
        case shutdown
    }

    private let state = Mutex<Cause?>(nil)

    /// The first cause that was given.
    var cause: Cause? { state.withLock { $0 } }

    /// Notes a cause. Only the first counts.
    func stop(_ cause: Cause) {
        state.withLock { if $0 == nil { $0 = cause } }
    }
}
