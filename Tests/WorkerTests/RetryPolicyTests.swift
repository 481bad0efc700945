import Testing

@testable import Worker

@Suite struct RetryPolicyTests {
    @Test func delaysDoubleUpToTheLongest() {
        let policy = RetryPolicy(attempts: 9, firstDelay: .seconds(1), longestDelay: .seconds(5))
        for (attempt, whole) in [(1, 1), (2, 2), (3, 4), (4, 5), (60, 5), (0, 1), (.max, 5)] {
            let delay = policy.delay(after: attempt)
            #expect(delay >= .milliseconds(500 * whole) && delay <= .seconds(whole))
        }
    }

    @Test func whatCannotPassIsNotTriedAgain() async {
        struct Trouble: Error {}
        var attempts = 0
        await #expect(throws: Trouble.self) {
            try await RetryPolicy(attempts: 5, firstDelay: .zero).run {
                attempts += 1
                throw Trouble()
            } isRetriable: {
                _ in
                false
            }
        }
        #expect(attempts == 1)
    }
}
