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
            raiseHere(number)
            #expect(heard.wait(timeout: .now() + 10) == .success, "the signal of round \(round) was lost")
            signals.stop()
        }
    }

    /// Raises a signal on this thread alone, since others may be in calls that it would interrupt. libdispatch's threads
    /// have signals blocked.
    private func raiseHere(_ number: Int32) {
        var (mask, before) = (sigset_t(), sigset_t())
        sigemptyset(&mask)
        sigaddset(&mask, number)
        pthread_sigmask(SIG_UNBLOCK, &mask, &before)
        raise(number)
        pthread_sigmask(SIG_SETMASK, &before, nil)
    }
}
