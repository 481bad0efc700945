import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// The process' sources of SIGTERM and SIGINT. They stay once they are made: a source that takes the place of one which has
/// just been cancelled can find libdispatch's handler gone, and then never hears a signal.
final class TerminationSignalSources: Sendable {
    static let shared = TerminationSignalSources()

    private let sources = Mutex<[any DispatchSourceSignal]>([])
    private let listener = Mutex<(@Sendable (Int32) -> Void)?>(nil)

    private init() {
        let queue = DispatchQueue(label: "dragoman.signals")
        sources.withLock { sources in
            sources = [SIGTERM, SIGINT].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
                source.setEventHandler { self.receive(number) }
                source.resume()
                return source
            }
        }
    }

    /// Has signals go to a listener, in the place of the one before; with `nil` they have their usual effect.
    func listen(_ listener: (@Sendable (Int32) -> Void)?) {
        self.listener.withLock { $0 = listener }
    }

    private func receive(_ number: Int32) {
        if let listener = listener.withLock({ $0 }) { return listener(number) }
        signal(number, SIG_DFL)
        kill(getpid(), number)
    }
}
