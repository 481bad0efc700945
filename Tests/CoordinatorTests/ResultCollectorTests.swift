import Jobs
import Kafka
import Testing

@testable import Coordinator

@Suite struct ResultCollectorTests {
    private let jobs = Examples.jobs(3, batchID: "b")

    private func collector(run: UInt32 = 0) -> ResultCollector {
        var record = BatchRecord()
        record.batchID = "b"
        record.jobCount = 3
        record.run = run
        return ResultCollector(batchID: "b", record: record)
    }

    private func texts(_ collector: ResultCollector) throws -> [String] {
        try collector.results.map { try $0.decoded().text }
    }

    @Test func firstResultOfTheHighestRunCounts() throws {
        var collector = collector()
        collector.add(try Examples.record(Examples.result(jobs[0], text: "first"), offset: 5))
        collector.add(try Examples.record(Examples.result(jobs[0], text: "second"), offset: 6))
        #expect(try texts(collector) == ["first"])
        var again = jobs[0]
        again.run = 2
        collector.add(try Examples.record(Examples.result(again, status: .failed, text: "again"), offset: 7))
        collector.add(try Examples.record(Examples.result(jobs[0], text: "late"), offset: 8))
        #expect(try texts(collector) == ["again"])
        #expect(
            collector.progress.done == 1 && collector.progress.failed == 1 && collector.progress.audioSeconds == 2)
    }

    /// Ids become files' names: what is no id is no result.
    @Test func hostileJobIDIsSkipped() throws {
        var collector = collector()
        for id in ["../../home/x", "", String(repeating: "a", count: 300), "a\0b"] {
            var job = jobs[0]
            job.id = id
            collector.add(try Examples.record(Examples.result(job, text: "x"), offset: 5))
        }
        #expect(collector.results.isEmpty && collector.unreadable.count == 4)
    }

    /// A job that was sent with two partitioners has results in two partitions, which arrive in any order.
    @Test func theSameCountsInWhateverOrderPartitionsAreRead() throws {
        let early = try Examples.record(Examples.result(jobs[0], text: "early"), partition: 3, offset: 9, time: 10)
        let late = try Examples.record(Examples.result(jobs[0], text: "late"), partition: 1, offset: 1, time: 20)
        for records in [[early, late], [late, early]] {
            var collector = collector()
            for record in records { collector.add(record) }
            #expect(try texts(collector) == ["early"])
        }
    }

    @Test(arguments: WireFormat.allCases) func orderIsTheBatchs(format: WireFormat) throws {
        var collector = collector()
        for (offset, job) in jobs.reversed().enumerated() {
            collector.add(try Examples.record(Examples.result(job), format: format, offset: Int64(offset)))
        }
        #expect(collector.isComplete)
        #expect(collector.results.map(\.batchIndex) == [0, 1, 2])
        #expect(try collector.results.map { try $0.decoded() } == jobs.map { Examples.result($0) })
    }

    @Test(arguments: WireFormat.allCases) func otherBatchesDoNotCount(format: WireFormat) throws {
        var collector = collector()
        for name in ["c", "bb", ""] {
            var other = jobs[0]
            other.batchID = name
            // Its text names the batch: that alone does not make it one of ours.
            collector.add(try Examples.record(Examples.result(other, text: "b"), format: format))
        }
        #expect(collector.results.isEmpty && collector.progress.done == 0 && collector.unreadable.count == 0)
    }

    @Test func batchSpelledWithEscapes() throws {
        var collector = collector()
        let json = #"{"jobId": "j", "batchId": "\u0062", "status": "OK"}"#
        collector.add(KafkaRecord(topic: "results", partition: 0, offset: 0, value: Array(json.utf8)))
        #expect(collector.results.map(\.jobID) == ["j"])
    }

    @Test func whatIsNoResultIsSkippedAndCounted() throws {
        var collector = collector()
        collector.add(KafkaRecord(topic: "results", partition: 2, offset: 5, value: nil))
        collector.add(KafkaRecord(topic: "results", partition: 2, offset: 6, value: Array("other {".utf8)))
        collector.add(KafkaRecord(topic: "results", partition: 2, offset: 7, value: Array("b {".utf8)))
        var foreign = try Examples.record(Examples.result(jobs[0]))
        foreign.headers = [KafkaHeader(key: "content-type", value: Array("text/plain".utf8))]
        collector.add(foreign)
        #expect(collector.unreadable.count == 2 && collector.results.isEmpty)
        #expect(collector.unreadable.first?.hasPrefix("results[2] at offset 7: ") == true)
    }

    @Test func laterRunIsWaitedFor() throws {
        var collector = collector(run: 1)
        for job in jobs { collector.add(try Examples.record(Examples.result(job))) }
        #expect(!collector.isComplete && collector.progress.done == 0 && collector.results.count == 3)
        for var job in jobs {
            job.run = 1
            collector.add(try Examples.record(Examples.result(job, text: "new")))
        }
        #expect(try collector.isComplete && texts(collector) == ["new", "new", "new"])
    }

    @Test func lengthsThatAreNoneDoNotSpoilTheSum() throws {
        var collector = collector()
        for (job, length) in zip(jobs, [Double.nan, -1, 4]) {
            var result = Examples.result(job)
            result.audioSeconds = length
            result.audio.durationHint = 10
            collector.add(try Examples.record(result))
        }
        #expect(collector.progress.audioSeconds == 4 && collector.progress.hintSeconds == 30)
    }
}
