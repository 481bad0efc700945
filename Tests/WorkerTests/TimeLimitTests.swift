import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct TimeLimitTests {
    @Test func whatIsInTimeCounts() async throws {
        #expect(try await withTimeLimit(.seconds(3600)) { 7 } == 7)
        struct Trouble: Error {}
        await #expect(throws: Trouble.self) { try await withTimeLimit(.seconds(3600)) { throw Trouble() } }
    }

    @Test func whatHeedsNothingIsLeftAlone() async {
        let never = Gate()
        await #expect(throws: TimeLimitPassed.self) {
            try await withTimeLimit(.milliseconds(1)) { await Task { try? await never.wait() }.value }
        }
        never.open()
    }

    @Test func whatIsLeftAloneHearsOfIt() async throws {
        let cancelled = Gate()
        await #expect(throws: TimeLimitPassed.self) {
            try await withTimeLimit(.milliseconds(1)) {
                try? await Task.sleep(for: .seconds(3600))
                cancelled.open()
            }
        }
        try await cancelled.wait()
    }

    @Test func callerThatIsCancelledDoesNotWait() async throws {
        let (started, never) = (Gate(), Gate())
        let caller = Task {
            try await withTimeLimit(.seconds(3600)) {
                started.open()
                await Task { try? await never.wait() }.value
            }
        }
        try await started.wait()
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        never.open()
    }
}
