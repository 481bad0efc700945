import Jobs
import Testing

@testable import Coordinator

@Suite struct ResultCollectorTests {
    private let jobs: [TranslationJob]

    init() throws {
        jobs = try JobBatch(uris: Examples.uris(3), template: TranslationJob(), name: "b").jobs
    }

    private func collector(run: UInt32 = 0) -> ResultCollector {
        var record = BatchRecord()
        record.batchID = "b"
        record.jobCount = 3
        record.run = run
        return ResultCollector(batchID: "b", records: [record])
    }

    @Test func firstResultOfTheHighestRunCounts() {
        var collector = collector()
        collector.add(Examples.result(jobs[0], text: "first"))
        collector.add(Examples.result(jobs[0], text: "second"))
        #expect(collector.results.map(\.text) == ["first"])
        var again = jobs[0]
        again.run = 2
        collector.add(Examples.result(again, status: .failed, text: "again"))
        collector.add(Examples.result(jobs[0], text: "late"))
        #expect(collector.results.map(\.text) == ["again"])
        #expect(collector.counts.done == 1 && collector.counts.failed == 1 && collector.counts.audioSeconds == 2)
    }

    @Test func orderIsTheBatchs() {
        var collector = collector()
        for job in jobs.reversed() { collector.add(Examples.result(job)) }
        #expect(collector.isComplete)
        #expect(collector.results.map(\.batchIndex) == [0, 1, 2])
    }

    @Test func otherBatchesDoNotCount() {
        var collector = collector()
        var other = jobs[0]
        other.batchID = "c"
        collector.add(Examples.result(other))
        #expect(collector.results.isEmpty && collector.counts.done == 0)
    }

    @Test func laterRunIsWaitedFor() {
        var collector = collector(run: 1)
        for job in jobs { collector.add(Examples.result(job)) }
        #expect(!collector.isComplete && collector.counts.done == 0 && collector.results.count == 3)
        for var job in jobs {
            job.run = 1
            collector.add(Examples.result(job, text: "new"))
        }
        #expect(collector.isComplete && collector.results.map(\.text) == ["new", "new", "new"])
    }
}
