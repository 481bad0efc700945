import Synchronization

/// The watches that are going on, so that they can be ended.
final class WatchRegistry: Sendable {
    private struct State {
        var isClosed = false
        var lastID: UInt64 = 0
        var endings: [UInt64: @Sendable () -> Void] = [:]
    }

    /// A watch's entry.
    struct Registration: Sendable {
        fileprivate let registry: WatchRegistry
        fileprivate let id: UInt64

        func remove() {
            registry.state.withLock { _ = $0.endings.removeValue(forKey: id) }
        }
    }

    private let state = Mutex(State())

    /// Takes a watch; ends it at once where it is too late for one.
    func add(_ end: @escaping @Sendable () -> Void) -> Registration {
        let (id, isTooLate) = state.withLock { state in
            state.lastID += 1
            if !state.isClosed { state.endings[state.lastID] = end }
            return (state.lastID, state.isClosed)
        }
        if isTooLate { end() }
        return Registration(registry: self, id: id)
    }

    /// Ends all.
    func close() {
        let endings = state.withLock { state in
            state.isClosed = true
            defer { state.endings = [:] }
            return state.endings.values
        }
        for end in endings { end() }
    }
}
