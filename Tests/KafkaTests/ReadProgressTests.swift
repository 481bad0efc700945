import Testing

@testable import Kafka

@Suite struct ReadProgressTests {
    private let start = ContinuousClock.now

    private func progress(_ ranges: [Int32: Range<Int64>]) -> ReadProgress {
        ReadProgress(ranges, patience: .seconds(10), now: start)
    }

    private func arrived(_ progress: inout ReadProgress, _ offset: Int64, _ partition: Int32) -> Bool {
        progress.arrived(offset, in: partition, now: start)
    }

    @Test func rangesEndWithTheirLastRecordOrAfterIt() {
        var progress = progress([0: 3..<5, 1: 0..<4, 2: 7..<7])
        #expect(Set(progress.unfinished) == [0, 1])
        #expect(arrived(&progress, 3, 0))
        #expect(arrived(&progress, 4, 0))
        #expect(!progress.isReading(0))
        #expect(!arrived(&progress, 5, 0))
        // The last offsets hold no record.
        #expect(arrived(&progress, 1, 1))
        progress.reachedEnd(4, of: 1, now: start)
        #expect(progress.isFinished)
    }

    @Test func recordAfterTheRangeIsNotOfIt() {
        var progress = progress([0: 0..<2])
        #expect(!arrived(&progress, 2, 0))
        #expect(progress.isFinished)
    }

    @Test func onlyBoundedReadsTimeOut() throws {
        var progress = progress([0: 0..<5, 1: 3..<Int64.max])
        _ = progress.arrived(1, in: 0, now: start + .seconds(5))
        #expect(progress.failure(topic: "jobs", now: start + .seconds(14)) == nil)
        let error = try #require(progress.failure(topic: "jobs", now: start + .seconds(15)))
        #expect(error.code == .timedOut)
        #expect(error.message.contains("jobs[0] at 2"))
        #expect(!error.message.contains("jobs[1]"))
        // Time in which nobody took what was read does not count.
        progress.heldUp(now: start + .seconds(15))
        #expect(progress.failure(topic: "jobs", now: start + .seconds(24)) == nil)
        progress.reachedEnd(5, of: 0, now: start + .seconds(24))
        #expect(progress.failure(topic: "jobs", now: start + .seconds(99)) == nil)
    }

    @Test func errorCountsWhenItLasts() {
        var progress = progress([0: 0..<Int64.max])
        let gone = KafkaError(.unknownTopic, "gone")
        progress.failed(gone, in: 0, now: start)
        progress.failed(gone, in: 0, now: start + .seconds(9))
        #expect(progress.failure(topic: "jobs", now: start + .seconds(9)) == nil)
        #expect(progress.failure(topic: "jobs", now: start + .seconds(10))?.code == .unknownTopic)
        progress.reachedEnd(0, of: 0, now: start + .seconds(10))
        #expect(progress.failure(topic: "jobs", now: start + .seconds(30)) == nil)
    }

    @Test func lostLogEndsABoundedReadAndNotATail() {
        var progress = progress([0: 20..<40, 1: 20..<Int64.max])
        for partition in [Int32(0), 1] {
            #expect(arrived(&progress, 20, partition))
            #expect(arrived(&progress, 0, partition))
            #expect(arrived(&progress, 1, partition))
        }
        progress.reachedEnd(2, of: 0, now: start)
        progress.reachedEnd(1, of: 0, now: start)
        progress.reachedEnd(1, of: 1, now: start)
        #expect(progress.unfinished == [1])
    }
}
