import CRdkafka
import Foundation
import Synchronization

/// Serves a client's callbacks on a thread of its own until it is told to stop, or is gone.
final class PollThread: Sendable {
    private let isStopped = SharedFlag()

    /// Starts polling.
    /// - Parameter afterPoll: Called on the thread after every poll, at least every 100 ms, and once more at the end.
    init(name: String, handle: ClientHandle, afterPoll: @escaping @Sendable () -> Void = {}) {
        let thread = Thread { [isStopped] in
            while !isStopped.value {
                rd_kafka_poll(handle.pointer, 100)
                afterPoll()
            }
        }
        thread.name = name
        thread.start()
    }

    deinit { stop() }

    /// Ends the thread within about 100 ms; it lets go of the client then.
    func stop() { isStopped.raise() }
}
