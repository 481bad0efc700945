import Foundation
import Jobs
import Kafka
import Ledger
import Testing

@testable import Coordinator

@Suite struct BacklogTests {
    @Test func audioByHintsAndByRanges() {
        var audio = JobAudio()
        #expect(audio.expectedSeconds == nil)
        audio.durationHint = 10
        #expect(audio.expectedSeconds == 10)
        audio.start = 4
        #expect(audio.expectedSeconds == 6)
        audio.end = 5
        #expect(audio.expectedSeconds == 1)
        audio.clearDurationHint()
        audio.end = 2
        #expect(audio.expectedSeconds == 0)
    }

    @Test func averagesAreLearntByBatch() throws {
        var averages = BatchAverages(limit: 3)
        let (none, a, b) = (averages.index(of: ""), averages.index(of: "a"), averages.index(of: "b"))
        #expect(averages.average(of: a) == nil)
        for seconds in [2.0, 4, .nan, 0] { averages.add(seconds, batchID: "a") }
        #expect(averages.average(of: a)?.mean == 3 && averages.average(of: a)?.variance == 2)
        // Until something is known of a batch, all together.
        #expect(averages.average(of: b)?.mean == 3)
        averages.add(600, batchID: "b")
        #expect(averages.average(of: b)?.mean == 600 && averages.average(of: none)?.mean == 202)
        // There is no room for a fourth.
        #expect(averages.isFull && averages.index(of: "c") == none)
        let moved = averages.compact(keeping: [b])
        let place = try #require(moved[b])
        #expect(averages.average(of: place)?.mean == 600 && moved[a] == nil && !averages.isFull)
    }

    @Test func whatIsFinishedOutOfOrderIsTakenOff() {
        var backlog = PartitionBacklog(limit: 100)
        var lag = PartitionLag(topic: "t", partition: 0, low: 0, end: 10, committed: 2)
        lag.ledger = LedgerRecord(
            base: 2, finished: [4...5], marks: [.init(offset: 2, isStarted: true)], session: 1, sequence: 1)
        backlog.advance(to: lag)
        #expect(backlog.wanted(lag) == 2..<10)
        for offset in 2..<10 { backlog.add(job(Int64(offset), seconds: Double(offset))) }
        backlog.answer(7)
        let (waiting, begun) = backlog.sums(lag)
        #expect(waiting.jobs == 5 && waiting.seconds == 2 + 3 + 6 + 8 + 9 && waiting.unread == 0)
        #expect(begun.jobs == 1 && begun.seconds == 2)
        // The group goes on, and jobs come.
        lag.committed = 8
        lag.end = 12
        lag.ledger = nil
        backlog.advance(to: lag)
        #expect(backlog.wanted(lag) == 10..<12 && backlog.sums(lag).waiting.jobs == 4)
        // The log was lost.
        lag = PartitionLag(topic: "t", partition: 0, low: 0, end: 3, committed: 8)
        backlog.advance(to: lag)
        #expect(backlog.wanted(lag) == 0..<3 && backlog.sums(lag).waiting.seconds == 0)
    }

    @Test func whatIsNotReadIsLikeTheRest() throws {
        var backlog = PartitionBacklog(limit: 4)
        let lag = PartitionLag(topic: "t", partition: 0, low: 0, end: 100)
        backlog.advance(to: lag)
        for offset in 0..<4 { backlog.add(job(Int64(offset), seconds: 3)) }
        #expect(backlog.isFull && backlog.wanted(lag) == nil)
        let waiting = backlog.sums(lag).waiting
        #expect(waiting.jobs == 100 && waiting.audio(BatchAverages())?.seconds == 300)
    }

    @Test func audioThatNothingTellsOfIsNotInvented() throws {
        var averages = BatchAverages()
        var sum = BacklogSum()
        let index = averages.index(of: "a")
        sum.add(job(0, seconds: nil, batch: index))
        sum.add(job(1, seconds: 5))
        #expect(sum.audio(averages) == nil)
        averages.add(2, batchID: "a")
        averages.add(4, batchID: "a")
        let audio = try #require(sum.audio(averages))
        #expect(audio.seconds == 8 && audio.variance == 2 + 1)
    }

    @Test func theRateIsThatOfTheWindow() throws {
        var history = DrainHistory(window: 10)
        let start = Date(timeIntervalSince1970: 1000)
        #expect(history.rate(at: start) == nil)
        for second in 0..<30 { history.add(at: start + Double(second), audio: 4) }
        let known = history.rate(at: start + 30)
        let rate = try #require(known)
        #expect(rate.jobs == 1 && rate.audio == 4 && abs(rate.audioError - 160.0.squareRoot() / 10) < 1e-9)
        // Since when it is known.
        history.begin(at: start + 28)
        #expect(history.rate(at: start + 30)?.jobs == 1)
        #expect(history.rate(at: start + 60) == nil)
    }

    @Test func timesHaveARange() throws {
        let time = try #require(TimeEstimate(of: 100, error: 0, at: 10, rateError: 1))
        #expect(time.seconds == 10 && abs(time.least - 10 / 1.2) < 1e-9 && abs((time.most ?? 0) - 12.5) < 1e-9)
        #expect(TimeEstimate(of: 100, error: 0, at: 10, rateError: 6)?.most == nil)
        #expect(TimeEstimate(of: 100, error: 0, at: 0, rateError: 0) == nil)
    }

    @Test func aPartitionWithoutSignsOfWorkIsStuck() {
        var watch = PartitionWatch()
        let start = ContinuousClock.now
        var lag = PartitionLag(topic: "t", partition: 0, low: 0, end: 10, committed: 2)
        #expect(watch.look(lag, at: start) == .zero)
        // New jobs are no sign of work.
        lag.end = 20
        #expect(watch.look(lag, at: start + .seconds(5)) == .seconds(5))
        lag.ledger = LedgerRecord(base: 2, session: 1, sequence: 2)
        #expect(watch.look(lag, at: start + .seconds(6)) == .zero)
        lag.committed = 20
        _ = watch.look(lag, at: start + .seconds(7))
        #expect(watch.look(lag, at: start + .seconds(60)) == .zero)
    }

    private func job(_ offset: Int64, seconds: Double?, batch: BatchAverages.Index = 0) -> WaitingJob {
        var job = TranslationJob()
        job.audio.uri = "file:///a.wav"
        if let seconds { job.audio.durationHint = seconds }
        let value = (try? MessageCodec.encode(job, as: .json)) ?? []
        let record = KafkaRecord(
            topic: "t", partition: 0, offset: offset, value: value, timestampMilliseconds: 1_000_000)
        return WaitingJob(record) { _ in batch }
    }
}
