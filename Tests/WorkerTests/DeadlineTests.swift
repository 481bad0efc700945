import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct DeadlineTests {
    @Test func whatEndsInTime() async {
        #expect(await ends(by: .now + .seconds(3600)) {})
    }

    @Test func whatHeedsNothingIsLeftAlone() async {
        let (never, end) = AsyncStream<Void>.makeStream()
        let ended = await ends(by: .now + .milliseconds(10)) {
            // A task of its own does not hear of the cancellation.
            await Task { for await _ in never {} }.value
        }
        #expect(!ended)
        end.finish()
    }
}
