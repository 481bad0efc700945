import Synchronization

#if canImport(Glibc)
import Glibc
#endif

// Where the handler writes. Set once, before there is a handler; a signal handler can't reach anything safer.
nonisolated(unsafe) private var writeEnd: Int32 = -1

/// Brings signals from their handler, where next to nothing is allowed, to a thread, through a pipe.
///
/// libdispatch's signal sources won't do: one that takes the place of another which has just been cancelled never hears a
/// signal, nor does one whose registration is still on its way.
final class SignalPipe: Sendable {
    static let shared = SignalPipe()

    private let receiver = Mutex<(@Sendable (Int32) -> Void)?>(nil)

    private init() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let readEnd = ends[0]
        // Without a thread the signals keep their usual effect.
        guard (try? DedicatedThread { [self] in serve(readEnd) }) != nil else { return }
        writeEnd = ends[1]
    }

    private func serve(_ readEnd: Int32) {
        var number: UInt8 = 0
        while true {
            let count = read(readEnd, &number, 1)
            if count == 1 { receiver.withLock { $0 }?(Int32(number)) }
            if count == 0 || (count < 0 && errno != EINTR) { return }
        }
    }

    /// Has signals go to a receiver, on a thread of its own, in the place of the one before.
    func open(_ signals: [Int32], to receiver: @escaping @Sendable (Int32) -> Void) {
        self.receiver.withLock { $0 = receiver }
        guard writeEnd >= 0 else { return }
        for number in signals {
            signal(number) { number in
                let errorNumber = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(writeEnd, &byte, 1)
                errno = errorNumber
            }
        }
    }

    /// Gives signals their usual effect back.
    func close(_ signals: [Int32]) {
        for number in signals { signal(number, SIG_DFL) }
        receiver.withLock { $0 = nil }
    }
}
