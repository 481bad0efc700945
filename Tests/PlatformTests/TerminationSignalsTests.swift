import Dispatch
import Foundation
import Platform
import Testing

@Suite(.serialized) struct TerminationSignalsTests {
    /// One listener after another, as a command has that waits for several things in turn: each hears its signal.
    @Test(arguments: [SIGINT, SIGTERM]) func oneListenerAfterAnother(number: Int32) {
        for round in 0..<50 {
            let heard = DispatchSemaphore(value: 0)
            let signals = TerminationSignals { heard.signal() }
            kill(getpid(), number)
            #expect(heard.wait(timeout: .now() + 10) == .success, "the signal of round \(round) was lost")
            signals.stop()
        }
    }
}
