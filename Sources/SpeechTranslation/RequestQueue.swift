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

    /// Adds a request.
    /// - Returns: Whether the thread has to be started.
    func add(_ request: TranslationRequest) -> Bool {
        state.withLock { state in
            state.waiting.append(request)
            defer { state.isServed = true }
            return !state.isServed
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
