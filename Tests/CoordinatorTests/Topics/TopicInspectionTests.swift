import Jobs
import Kafka
import Testing

@testable import Coordinator

@Suite struct TopicInspectionTests {
    private let topics: TopicNames

    init() throws {
        topics = try TopicNames(prefix: "t.")
    }

    @Test func nothingWrong() {
        let inspection = inspection(jobs: 4, bulkJobs: 4, results: 4)
        #expect(inspection.findings.map(\.topic) == topics.all)
        #expect(inspection.findings.allSatisfy { $0.problem == nil })
        #expect(inspection.changes(towards: TopicLayout(topics: topics, partitions: 4)).isEmpty)
    }

    @Test func theLargestDecides() {
        let inspection = inspection(jobs: 4, bulkJobs: 6, results: 2)
        let problems = inspection.findings.filter { $0.problem != nil }
        #expect(problems.map(\.topic) == [topics.jobs, topics.results])
        #expect(problems.allSatisfy { $0.problem == .tooFewPartitions(wanted: 6) })
        #expect(
            inspection.changes(towards: TopicLayout(topics: topics, partitions: 1)) == [
                .addPartitions(topic: topics.jobs, from: 4, to: 6),
                .addPartitions(topic: topics.results, from: 2, to: 6),
            ])
        #expect(
            inspection.changes(towards: TopicLayout(topics: topics, partitions: 8)).map(\.topic) == [
                topics.jobs, topics.bulkJobs, topics.results,
            ] + topics.retries)
    }

    @Test func missingTopicsGetThePartitionsOfTheOthers() throws {
        let inspection = inspection(jobs: 6, bulkJobs: nil, results: 6)
        #expect(inspection.findings[1] == TopicFinding(topic: topics.bulkJobs, partitions: nil, problem: .missing))
        let changes = inspection.changes(towards: TopicLayout(topics: topics, partitions: 4))
        guard case .create(let plan) = try #require(changes.first), changes.count == 1 else {
            Issue.record("\(changes)")
            return
        }
        #expect(plan.name == topics.bulkJobs && plan.partitions == 6)
    }

    @Test func nothingThere() {
        let inspection = TopicInspection(topics: topics, counts: [:])
        #expect(inspection.findings.allSatisfy { $0.problem == .missing })
        #expect(inspection.changes(towards: TopicLayout(topics: topics, partitions: 4)).map(\.topic) == topics.all)
    }

    private func inspection(jobs: Int?, bulkJobs: Int?, results: Int?) -> TopicInspection {
        var counts = Dictionary(uniqueKeysWithValues: topics.all.map { ($0, 1) })
        (counts[topics.jobs], counts[topics.bulkJobs], counts[topics.results]) = (jobs, bulkJobs, results)
        let most = [jobs, bulkJobs, results].compactMap { $0 }.max()
        for topic in topics.retries { counts[topic] = most }
        return TopicInspection(topics: topics, counts: counts)
    }
}
