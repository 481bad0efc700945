import Jobs
import Testing

@Suite struct TopicNamesTests {
    @Test func names() throws {
        #expect(
            try TopicNames().all == [
                "dragoman.jobs", "dragoman.jobs.bulk", "dragoman.results", "dragoman.retries.1m",
                "dragoman.retries.10m", "dragoman.retries.1h", "dragoman.dead-letters", "dragoman.batches",
                "dragoman.controls",
            ])
        #expect(try TopicNames(prefix: "").jobs == "jobs")
    }

    @Test(arguments: ["a b", "ä", "a/", String(repeating: "a", count: 201)])
    func badPrefix(prefix: String) {
        #expect(throws: JobsError.self) { try TopicNames(prefix: prefix) }
    }
}
