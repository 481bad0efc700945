import Ledger
import TestSupport
import Testing

@testable import Worker

@Suite struct PartitionLedgerTests {
    @Test func lowestUnfinishedIsTheBase() {
        var ledger = PartitionLedger(base: 3)
        #expect(ledger.base == 3 && ledger.takenEnd == 3)
        for offset: Int64 in [3, 4, 9] { #expect(ledger.take(offset) == .run) }
        ledger.finish(4)
        #expect(ledger.base == 3 && ledger.unfinishedCount == 2)
        // Nothing lies between 4 and 9.
        ledger.finish(3)
        #expect(ledger.base == 9)
        ledger.finish(9)
        ledger.finish(9)
        #expect(ledger.base == 10 && ledger.takenEnd == 10 && ledger.unfinishedCount == 0)
    }

    @Test func whatComesAgain() {
        var ledger = PartitionLedger(base: 3)
        for offset: Int64 in [3, 4, 5, 8] { _ = ledger.take(offset) }
        for offset: Int64 in [3, 5] { ledger.finish(offset) }
        #expect(ledger.take(3) == .wentBack && ledger.take(0) == .wentBack && ledger.take(-1) == .wentBack)
        #expect(ledger.take(4) == .repeated && ledger.take(8) == .repeated)
        #expect(ledger.take(5) == .finished && ledger.take(6) == .finished)
        #expect(ledger.takenEnd == 9 && ledger.unfinishedCount == 2)
    }

    @Test func onlyTakenOnesStartAndFinish() {
        var ledger = PartitionLedger(base: 0)
        let before = ledger
        for offset: Int64 in [.min, -1, 0, 1, .max] {
            ledger.start(offset)
            ledger.release(offset)
            ledger.finish(offset)
        }
        #expect(ledger == before)
        _ = ledger.take(0)
        ledger.start(0)
        #expect(ledger.startedCount == 1)
        ledger.release(0)
        #expect(ledger.startedCount == 0)
        ledger.start(0)
        ledger.finish(0)
        #expect(ledger.startedCount == 0)
    }

    @Test func whatEarlierOwnersFinishedIsNotRunAgain() {
        let record = LedgerRecord(
            base: 10, finished: [11...12, 14...14], marks: [.init(offset: 13, crashes: 2)], session: 1, sequence: 1)
        var ledger = PartitionLedger(takingOver: record, isOrderly: true)
        #expect(ledger.takenEnd == 10 && ledger.base == 10 && ledger.crashes(of: 13) == 2)
        #expect(ledger.take(10) == .run)
        ledger.finish(10)
        // The base goes over what is known to be finished before it is read again.
        #expect(ledger.base == 13 && ledger.takenEnd == 11)
        #expect(ledger.take(11) == .finished && ledger.base == 13)
        #expect(ledger.take(11) == .wentBack)
        #expect(ledger.take(12) == .finished)
        #expect(ledger.take(13) == .runAlone(crashes: 2))
        ledger.finish(13)
        #expect(ledger.base == 15 && ledger.crashes(of: 13) == 0)
        #expect(ledger.take(14) == .finished && ledger.take(15) == .run)
    }

    @Test func onlyStartedOnesCrash() {
        let marks: [LedgerRecord.Mark] = [
            .init(offset: 5, isStarted: true), .init(offset: 6, isStarted: true, crashes: 3),
            .init(offset: 7, crashes: 1), .init(offset: 8, isStarted: true, crashes: 15),
        ]
        let record = LedgerRecord(base: 4, marks: marks, session: 1, sequence: 1)
        func intakes(isOrderly: Bool) -> [LedgerIntake] {
            var ledger = PartitionLedger(takingOver: record, isOrderly: isOrderly)
            #expect(ledger.startedCount == 0)
            return (4...8).map { ledger.take($0) }
        }
        #expect(
            intakes(isOrderly: false)
                == [.run, .runAlone(crashes: 1), .lethal(crashes: 4), .runAlone(crashes: 1), .lethal(crashes: 15)])
        #expect(
            intakes(isOrderly: true)
                == [.run, .run, .runAlone(crashes: 3), .runAlone(crashes: 1), .lethal(crashes: 15)])
    }

    @Test func recordSaysAllThatIsKnown() {
        var ledger = PartitionLedger(
            takingOver: LedgerRecord(
                base: 0, finished: [7...8, 12...12], marks: [.init(offset: 11, crashes: 1)], session: 1, sequence: 9),
            isOrderly: true)
        for offset: Int64 in [0, 1, 2, 3, 4, 6] { _ = ledger.take(offset) }
        for offset: Int64 in [1, 3, 6] { ledger.finish(offset) }
        ledger.start(0)
        ledger.start(4)
        ledger.release(4)
        ledger.start(2)
        ledger.resultsEnd = 70
        #expect(
            ledger.record(session: 2, sequence: 1)
                == LedgerRecord(
                    base: 0, finished: [1...1, 3...3, 5...8, 12...12],
                    marks: [
                        .init(offset: 0, isStarted: true), .init(offset: 2, isStarted: true),
                        .init(offset: 11, crashes: 1),
                    ],
                    resultsEnd: 70, session: 2, sequence: 1))
        ledger.releaseAll()
        #expect(ledger.record(session: 2, sequence: 2).marks == [.init(offset: 11, crashes: 1)])
    }

    @Test func whatTheLogLostIsForgotten() {
        let record = LedgerRecord(
            base: 0, finished: [3...4, 8...9],
            marks: [.init(offset: 2, crashes: 1), .init(offset: 7, crashes: 1), .init(offset: 11, crashes: 1)],
            session: 1, sequence: 1)
        var ledger = PartitionLedger(takingOver: record, isOrderly: true)
        #expect(ledger.take(9) == .finished)
        #expect(ledger.base == 10)
        #expect(ledger.record(session: 2, sequence: 1).marks == [.init(offset: 11, crashes: 1)])
        #expect(ledger.record(session: 2, sequence: 1).finished.isEmpty)
    }

    /// Offsets come from outside.
    @Test func extremes() {
        var random = SplitMix64(seed: 1)
        let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, 1 << 62, .max - 2, .max - 1, .max]
        for _ in 0..<2000 {
            let base = extremes.randomElement(using: &random) ?? 0
            var ledger = PartitionLedger(base: base, resultsEnd: extremes.randomElement(using: &random))
            for _ in 0..<6 {
                let offset = extremes.randomElement(using: &random) ?? 0
                let intake = ledger.take(offset)
                #expect(offset < .max || intake == .wentBack)
                ledger.start(extremes.randomElement(using: &random) ?? 0)
                ledger.finish(extremes.randomElement(using: &random) ?? 0)
            }
            let record = ledger.record(session: 1, sequence: .max)
            #expect(LedgerRecord(metadata: record.metadata, base: record.base)?.marks == record.marks, "\(record)")
        }
    }

    /// Thousands of finished jobs above one that takes its time cost nothing.
    @Test func thousandsAboveTheBase() {
        var ledger = PartitionLedger(base: 0)
        for offset in 0..<100_000 as Range<Int64> {
            _ = ledger.take(offset)
            if offset > 0 { ledger.finish(offset) }
        }
        let record = ledger.record(session: 1, sequence: 1)
        #expect(record.finished == [1...99_999] && record.metadata.utf8.count < 40)
    }
}
