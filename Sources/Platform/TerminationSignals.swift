import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// SIGTERM and SIGINT as requests to come to an end: the first is passed on, the second ends the process at once.
///
/// The signals lose their usual effect until ``stop()``. Use one object at a time: signals belong to the process.
public final class TerminationSignals: Sendable {
    private static let signals = [SIGTERM, SIGINT]

    private let queue = DispatchQueue(label: "dragoman.signals")
    private let request: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var isRequested = false
        var sources: [any DispatchSourceSignal] = []
    }

    /// Begins to listen.
    /// - Parameter request: called once, for the first signal, on a thread of its own.
    public init(request: @escaping @Sendable () -> Void) {
        self.request = request
        state.withLock { state in
            state.sources = Self.signals.map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { [weak self] in self?.receive(number) }
                source.resume()
                return source
            }
        }
    }

    /// Gives the signals their usual effect back.
    public func stop() {
        state.withLock { state in
            for source in state.sources { source.cancel() }
            state.sources = []
        }
        for number in Self.signals { signal(number, SIG_DFL) }
    }

    private func receive(_ number: Int32) {
        let isFirst = state.withLock { state in
            defer { state.isRequested = true }
            return !state.isRequested
        }
        // Nothing is tidied up the second time: that is what whoever sent it wants.
        if isFirst { request() } else { _exit(128 + number) }
    }
}
