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

    @Test func namedLanes() throws {
        let topics = try TopicNames(prefix: "p.", jobs: "calls", bulkJobs: "archive")
        #expect(topics.sources == ["calls", "archive", "p.retries.1m", "p.retries.10m", "p.retries.1h"])
        #expect(topics.results == "p.results" && topics.all.starts(with: ["calls", "archive", "p.results"]))
        #expect(try TopicNames(prefix: "p.", bulkJobs: "archive").jobs == "p.jobs")
    }

    @Test(arguments: [
        "", ".", "..", "a b", "dragoman.jobs.bulk", "dragoman.results", String(repeating: "a", count: 250),
    ])
    func badLane(name: String) {
        let error = #expect(throws: JobsError.self) { try TopicNames(jobs: name) }
        #expect(error?.code == .invalidTopicName && error?.message.contains("'\(name)'") == true)
    }
}
