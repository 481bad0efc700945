import FoundationEssentials
import Jobs
import Kafka
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct StatusReaderTests {
    private let fleet: TestFleet
    private let reader: StatusReader

    init() throws {
        fleet = try TestFleet()
        reader = StatusReader(kafka: fleet.kafka, topics: fleet.topics, group: "g", logger: fleet.logger)
    }

    private func batch(_ id: String) async throws -> BatchStatus {
        guard case .batch(let batch) = try await reader.status(of: id) else { throw TestError("\(id) is no batch") }
        return batch
    }

    private func job(_ id: String) async throws -> JobStatus {
        guard case .job(let job) = try await reader.status(of: id) else { throw TestError("\(id) is no job") }
        return job
    }

    @Test func unknownID() async throws {
        guard case .unknown = try await reader.status(of: "nobody") else { throw TestError("somebody") }
    }

    @Test func batchOnItsWay() async throws {
        let jobs = Examples.jobs(10, batchID: "b")
        let record = try await fleet.send(jobs)
        try await fleet.write(record)
        _ = try await fleet.send(Examples.jobs(20, batchID: "other"))
        var results = jobs.prefix(3).map { Examples.result($0) }
        for index in results.indices {
            results[index].worker = index == 0 ? "w1" : "w2"
            results[index].finishDate = Date(timeIntervalSince1970: Double(100 + index))
        }
        results[2].status = .failed
        results[2].error.reason = .audioCorrupt
        try await fleet.write(results)

        let status = try await batch("b")
        #expect(status.progress.total == 10 && status.progress.done == 3 && status.progress.failed == 1)
        #expect(status.failures.entries.map(\.name) == ["AUDIO_CORRUPT"])
        #expect(status.waiting == 7 && status.missing == 0 && !status.isComplete && !status.isWell)
        #expect(status.workers == ["w1": 1, "w2": 2] && status.progress.audioSeconds == 6)
        #expect(status.firstResultDate == Date(timeIntervalSince1970: 100))
        #expect(status.lastResultDate == Date(timeIntervalSince1970: 102))
        #expect(status.submits.count == 1 && status.openSubmit == nil)

        // What is committed and has no result is neither waiting nor done.
        let range = try #require(record.partitions.first)
        try await fleet.commit(group: "g", [range.partition: range.jobsEnd])
        let missing = try await batch("b")
        #expect(missing.waiting + (missing.missing ?? 0) == 7 && missing.missing ?? 0 > 0)
    }

    @Test func jobsThatAreTriedAgainLater() async throws {
        let jobs = Examples.jobs(4, batchID: "b")
        let record = try await fleet.send(jobs)
        try await fleet.write(record)
        try await fleet.write([Examples.result(jobs[0])])
        try await fleet.commit(
            group: "g", record.partitions.reduce(into: [:]) { $0[$1.partition] = $1.jobsEnd })
        var retry = try fleet.record(jobs[1], key: jobs[1].id, topic: fleet.topics.retries(.oneMinute))
        retry.headers.append(KafkaHeader(MessageHeader(.notBefore, "2026-11-22T13:40:00.000Z")))
        try await fleet.write([retry])
        let status = try await batch("b")
        #expect(status.waiting == 1 && status.delayed == 1 && status.missing == 2 && status.statuses == [.ok: 1])
        guard case .delayed(let job, let date) = try await job(jobs[1].id).state else { throw TestError("not delayed") }
        #expect(job == jobs[1] && date == Date(timeIntervalSince1970: 1_795_354_800))
    }

    @Test func completeBatch() async throws {
        let jobs = Examples.jobs(3, batchID: "b")
        try await fleet.write(fleet.send(jobs))
        try await fleet.write(jobs.map { Examples.result($0) })
        let status = try await batch("b")
        #expect(status.isComplete && status.isWell && status.waiting == 0 && status.missing == 0)
    }

    @Test func openSubmit() async throws {
        let jobs = Examples.jobs(6, batchID: "b")
        var record = try await fleet.send(jobs)
        record.state = .open
        record.partitions = (0..<Int32(TestFleet.partitions)).map { partition in
            var range = PartitionRange()
            range.partition = partition
            return range
        }
        try await fleet.write(record)
        try await fleet.write(jobs.prefix(2).map { Examples.result($0) })
        let status = try await batch("b")
        #expect(status.submits.isEmpty && status.openSubmit != nil && status.progress.total == nil)
        #expect(status.progress.done == 2 && status.waiting == 4 && status.missing == nil && !status.isComplete)
    }

    @Test func finishedJob() async throws {
        let jobs = Examples.jobs(8, batchID: "b")
        let again = Examples.jobs(8, batchID: "b", run: 1)
        try await fleet.write(jobs.map { Examples.result($0, text: "run 0") })
        try await fleet.write(again.map { Examples.result($0, text: "run 1") })
        try await fleet.write(again.map { Examples.result($0, text: "late") })
        for job in jobs {
            guard case .finished(let result) = try await self.job(job.id).state else { throw TestError("not finished") }
            #expect(result.text == "run 1" && result.jobID == job.id)
        }
    }

    /// A job that somebody sent with another partitioner.
    @Test func finishedJobInAnyPartition() async throws {
        let result = Examples.result(Examples.jobs(1, batchID: "")[0], status: .failed)
        for partition in 0..<Int32(TestFleet.partitions) {
            var result = result
            result.jobID = "job-\(partition)"
            var record = try fleet.record(result, key: result.jobID, topic: fleet.topics.results)
            record.partition = partition
            try await fleet.write([record])
            let status = try await job(result.jobID)
            #expect(status.partition.partition == partition && status.offset == 0 && !status.isWell)
        }
    }

    @Test func waitingJob() async throws {
        var bulk = Examples.jobs(3, batchID: "b")[2]
        bulk.id = "bulk"
        // Others need not give an id, nor a key.
        var anonymous = Examples.jobs(1, batchID: "")[0]
        let id = anonymous.id
        anonymous.id = ""
        var records = try ["x", "y"].map { try fleet.record(bulk, key: $0, topic: fleet.topics.bulkJobs) }
        for index in records.indices { records[index].partition = 1 }
        var json = try fleet.record(anonymous, key: "", topic: fleet.topics.jobs, format: .json)
        json.key = nil
        try await fleet.write(records + [json])

        let waiting = try await job(id)
        guard case .waiting(let job, behind: 0) = waiting.state else { throw TestError("not waiting") }
        #expect(job.audio == anonymous.audio && waiting.partition.topic == fleet.topics.jobs && waiting.isWell)
        let other = try await self.job("bulk")
        #expect(other.partition == KafkaPartition(topic: fleet.topics.bulkJobs, partition: 1))
    }
}

struct TestError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
