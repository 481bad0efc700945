import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// SIGTERM and SIGINT as requests to come to an end: the first is passed on, the second ends the process at once.
///
/// The signals lose their usual effect until ``stop()``. Use one object at a time: signals belong to the process.
public final class TerminationSignals: Sendable {
    private static let signals = [SIGTERM, SIGINT]

    private let request: @Sendable () -> Void
    private let isRequested = Mutex(false)

    /// Begins to listen.
    /// - Parameter request: called once, for the first signal, on a thread of its own.
    public init(request: @escaping @Sendable () -> Void) {
        self.request = request
        SignalPipe.shared.open(Self.signals) { [weak self] in self?.receive($0) }
    }

    /// Gives the signals their usual effect back.
    public func stop() {
        SignalPipe.shared.close(Self.signals)
    }

    private func receive(_ number: Int32) {
        let isFirst = isRequested.withLock { isRequested in
            defer { isRequested = true }
            return !isRequested
        }
        // Nothing is tidied up the second time: that is what whoever sent it wants.
        if isFirst { request() } else { _exit(128 + number) }
    }
}
