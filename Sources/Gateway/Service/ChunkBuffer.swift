import Synchronization

/// Hands on what comes one by one in chunks of what has come by then, and has whoever puts in wait while it is full. One
/// puts in, one takes out.
final class ChunkBuffer<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isFinished = false
        var putter: CheckedContinuation<Void, Never>?
        var taker: CheckedContinuation<Void, Never>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Puts something in, once there is room.
    func put(_ element: Element) async {
        let taker = state.withLock { state in
            state.elements.append(element)
            return state.taker.take()
        }
        taker?.resume()
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.elements.count < limit || state.isFinished { return true }
                state.putter = continuation
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    /// Nothing more comes, or is wanted.
    func finish() {
        let (putter, taker) = state.withLock { state in
            state.isFinished = true
            return (state.putter.take(), state.taker.take())
        }
        putter?.resume()
        taker?.resume()
    }

    /// Takes out what is there, waiting for something; `nil` at the end.
    func next() async -> [Element]? {
        while true {
            let (elements, putter, isFinished) = state.withLock { state in
                defer { state.elements = [] }
                return (state.elements, state.putter.take(), state.isFinished)
            }
            putter?.resume()
            if !elements.isEmpty { return elements }
            if isFinished { return nil }
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if !state.elements.isEmpty || state.isFinished { return true }
                    state.taker = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        }
    }
}
