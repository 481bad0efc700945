import Platform
import Synchronization

/// Utterances on their way to the thread that computes.
final class RequestQueue: Sendable {
    private struct State {
        var waiting: [TranslationRequest] = []
        /// Whether the thread is at work, and so will come to what is added.
        var isServed = false
    }

    private let state = Mutex(State())

    /// What became of a request that was added.
    enum Addition {
        /// The thread will come to it.
        case isServed
        /// The thread has to be started.
        case needsThread
        /// It was not: nobody waits for it any more.
        case isCancelled
    }

    /// Adds a request.
    func add(_ request: TranslationRequest) -> Addition {
        state.withLock { state in
            // Looked at under the lock: whoever cancels it either finds it in the queue or did so before this.
            if request.cancellation.isRaised { return .isCancelled }
            state.waiting.append(request)
            defer { state.isServed = true }
            return state.isServed ? .isServed : .needsThread
        }
    }

    /// The request that has waited longest, if one does and it `fits`.
    func takeFirst(where fits: (TranslationRequest) -> Bool) -> TranslationRequest? {
        state.withLock { state in
            guard let first = state.waiting.first, fits(first) else { return nil }
            return state.waiting.removeFirst()
        }
    }

    /// Takes a request back that nobody waits for any more; `nil` when the thread has it already.
    func remove(_ cancellation: CancellationFlag) -> TranslationRequest? {
        state.withLock { state in
            state.waiting.firstIndex { $0.cancellation === cancellation }.map { state.waiting.remove(at: $0) }
        }
    }

    /// Whether the thread may stop: nothing waits. What comes afterwards starts it again.
    func endIfEmpty() -> Bool {
        state.withLock { state in
            guard state.waiting.isEmpty else { return false }
            state.isServed = false
            return true
        }
    }
}
