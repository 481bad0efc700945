import Dispatch
import Platform
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite(.serialized) struct TerminationSignalsTests {
    /// One listener after another, as a command has that waits for several things in turn: each hears its signal.
    @Test(arguments: [SIGINT, SIGTERM]) func oneListenerAfterAnother(number: Int32) {
        for round in 0..<50 {
            let heard = DispatchSemaphore(value: 0)
            let signals = TerminationSignals { heard.signal() }
            // To this thread alone: other tests' threads may be in calls that a signal would interrupt.
            raise(number)
            #expect(heard.wait(timeout: .now() + 10) == .success, "the signal of round \(round) was lost")
            signals.stop()
        }
    }
}
