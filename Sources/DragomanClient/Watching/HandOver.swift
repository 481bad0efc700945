import Synchronization

/// Hands elements from one task to another, one at a time: who gives one waits until it is taken.
final class HandOver<Element: Sendable>: Sendable {
    private enum State {
        case idle
        case giving(Element, CheckedContinuation<Bool, Never>)
        case taking(CheckedContinuation<Element?, any Error>)
        /// The error is there until it was told.
        case ended((any Error)?)
    }

    private let state = Mutex(State.idle)

    /// Gives an element.
    /// - Returns: whether it was taken; not when the task was cancelled or the hand-over has ended before.
    func give(_ element: Element) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { giver in
                state.withLock { state in
                    switch state {
                    case .idle where !Task.isCancelled: state = .giving(element, giver)
                    case .taking(let taker):
                        state = .idle
                        taker.resume(returning: element)
                        giver.resume(returning: true)
                    case .idle, .giving, .ended: giver.resume(returning: false)
                    }
                }
            }
        } onCancel: {
            state.withLock { state in
                guard case .giving(_, let giver) = state else { return }
                state = .idle
                giver.resume(returning: false)
            }
        }
    }

    /// Takes the next element, or waits for it.
    /// - Returns: `nil` after the end.
    /// - Throws: what it ended with, once; `CancellationError`.
    func take() async throws -> Element? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { taker in
                state.withLock { state in
                    switch state {
                    case .giving(let element, let giver):
                        state = .idle
                        giver.resume(returning: true)
                        taker.resume(returning: element)
                    case .ended(let error?):
                        state = .ended(nil)
                        taker.resume(throwing: error)
                    case .ended(nil): taker.resume(returning: nil)
                    case .idle where !Task.isCancelled: state = .taking(taker)
                    case .idle, .taking: taker.resume(throwing: CancellationError())
                    }
                }
            }
        } onCancel: {
            state.withLock { state in
                guard case .taking(let taker) = state else { return }
                state = .idle
                taker.resume(throwing: CancellationError())
            }
        }
    }

    /// Ends it; what was given and not taken is lost. The first end counts.
    func end(_ error: (any Error)? = nil) {
        state.withLock { state in
            switch state {
            case .ended: return
            case .idle: state = .ended(error)
            case .giving(_, let giver):
                state = .ended(error)
                giver.resume(returning: false)
            case .taking(let taker):
                state = .ended(nil)
                if let error { taker.resume(throwing: error) } else { taker.resume(returning: nil) }
            }
        }
    }
}
