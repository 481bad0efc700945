import Ledger
import TestSupport
import Testing

@testable import Worker

@Suite struct LedgerRoomTests {
    /// Offsets lie close, with leaps, or far apart.
    enum Spread: CaseIterable {
        case dense, gaps, leaps, far

        func step(using random: inout SplitMix64) -> Int64 {
            switch self {
            case .dense: 1
            case .gaps: Int64.random(in: 1...3, using: &random)
            case .leaps: Int.random(in: 0..<50, using: &random) == 0 ? 1 << Int64.random(in: 0..<50, using: &random) : 1
            case .far: Int64.random(in: 1...1 << 40, using: &random)
            }
        }
    }

    private let resultsEnd: Int64 = .max
    private func record(_ ledger: PartitionLedger) -> LedgerRecord { ledger.record(session: .max, sequence: .max) }

    /// What makes the bound a bound: it covers each state, takes keep to what was allowed, and nothing else raises it.
    @Test(arguments: Spread.allCases)
    func bound(spread: Spread) {
        var random = SplitMix64(seed: 7)
        for _ in 0..<60 {
            var ledger = PartitionLedger(base: 5, resultsEnd: resultsEnd)
            for _ in 0..<3 {
                let share = Double.random(in: 0...1, using: &random)
                for _ in 0..<60 {
                    let allowed = ledger.longestMetadata(afterTaking: 1)
                    _ = ledger.take(ledger.takenEnd - 1 + spread.step(using: &random))
                    #expect(ledger.longestMetadata(afterTaking: 0) <= allowed)
                    guard let job = ledger.jobs.randomElement(using: &random) else { continue }
                    ledger.start(job.offset)
                    guard Double.random(in: 0...1, using: &random) < share else { continue }
                    let before = ledger.longestMetadata(afterTaking: 0)
                    ledger.finish(job.offset)
                    #expect(ledger.longestMetadata(afterTaking: 0) <= before)
                    #expect(record(ledger).metadata.utf8.count <= ledger.longestMetadata(afterTaking: 0))
                }
                ledger = PartitionLedger(takingOver: record(ledger), isOrderly: Bool.random(using: &random))
            }
        }
    }

    /// As many as there is room for, then whatever may become of them.
    @Test(arguments: Spread.allCases, [4096, 1000, 300])
    func fits(spread: Spread, limit: Int) {
        var random = SplitMix64(seed: 3)
        for share in [0, 0.1, 0.5, 0.9, 1] {
            var ledger = PartitionLedger(base: 0, resultsEnd: resultsEnd)
            while ledger.limit.characters > limit { ledger.metadataWasRefused(length: 2 * limit) }
            var count = 0
            while ledger.hasRoom {
                _ = ledger.take(ledger.takenEnd - 1 + spread.step(using: &random))
                count += 1
            }
            // Ten characters a job at most where they lie close.
            #expect(spread == .far || count > limit / 10 - 12)
            for job in ledger.jobs where Double.random(in: 0..<1, using: &random) < share { ledger.start(job.offset) }
            for (index, job) in ledger.jobs.shuffled(using: &random).enumerated() {
                if index % 8 == 0 {
                    #expect(record(ledger).metadata.utf8.count <= limit)
                    #expect(record(ledger).resultsEnd == resultsEnd, "something was left out")
                }
                ledger.finish(job.offset)
            }
        }
    }

    @Test func worstPatterns() throws {
        for period in 2...5 as ClosedRange<Int64> {
            var ledger = PartitionLedger(base: 0, resultsEnd: resultsEnd)
            while ledger.hasRoom { _ = ledger.take(ledger.takenEnd) }
            #expect(ledger.unfinishedCount > 950)
            for offset in 0..<ledger.takenEnd { ledger.start(offset) }
            for offset in 0..<ledger.takenEnd where offset % period == 1 { ledger.finish(offset) }
            let record = record(ledger)
            #expect(record.metadata.utf8.count <= 4096 && record.resultsEnd == resultsEnd)
            #expect(LedgerRecord(metadata: record.metadata, base: record.base) == record)
            // The next owner has the worst of it: each has crashed.
            var next = PartitionLedger(takingOver: record, isOrderly: false)
            while next.hasRoom { _ = next.take(next.takenEnd) }
            for job in next.jobs { next.start(job.offset) }
            #expect(self.record(next).metadata.utf8.count <= 4096)
        }
    }

    /// A few characters a job, or a bit each.
    @Test func twoThousandAtRandom() {
        var random = SplitMix64(seed: 11)
        var ledger = PartitionLedger(base: 1_000_000, resultsEnd: 2_000_000)
        for offset in 1_000_000..<1_002_000 as Range<Int64> {
            #expect(ledger.hasRoom && ledger.take(offset) == .run)
            if offset > 1_000_000, Double.random(in: 0..<1, using: &random) < 0.55 { ledger.finish(offset) }
        }
        #expect(ledger.record(session: 1, sequence: 1).metadata.utf8.count < 380)
        for job in ledger.jobs.prefix(50) { ledger.start(job.offset) }
        #expect(ledger.record(session: 1, sequence: 1).metadata.utf8.count < 450)
    }

    /// Nothing may be lost, nor anything wait for ever, where a broker takes less than it did.
    @Test func refusal() throws {
        var ledger = PartitionLedger(base: 0, resultsEnd: 40)
        for offset in 0..<1000 as Range<Int64> {
            _ = ledger.take(offset)
            if offset % 3 != 0 { ledger.finish(offset) }
        }
        ledger.start(3)
        ledger.finish(6)
        let whole = ledger.record(session: 1, sequence: 1)
        #expect(whole.resultsEnd == 40)
        ledger.metadataWasRefused(length: whole.metadata.utf8.count)
        #expect(!ledger.hasRoom)
        let cut = ledger.record(session: 1, sequence: 2)
        #expect(cut.metadata.utf8.count <= whole.metadata.utf8.count / 2)
        #expect(cut.base == whole.base && cut.marks == whole.marks && cut.resultsEnd == nil)
        #expect(!cut.finished.isEmpty && cut.finished[...] == whole.finished.prefix(cut.finished.count))

        for _ in 0..<64 { ledger.metadataWasAccepted(length: 100) }
        #expect(ledger.hasRoom && ledger.record(session: 1, sequence: 1) == whole)
    }

    /// Even where nothing fits, one at a time does.
    @Test func oneAtATime() {
        var ledger = PartitionLedger(base: 0)
        for _ in 0..<20 { ledger.metadataWasRefused(length: 10) }
        for offset in 0..<100 as Range<Int64> {
            #expect(ledger.hasRoom)
            _ = ledger.take(offset)
            ledger.start(offset)
            #expect(record(ledger).metadata.utf8.count <= ledger.limit.characters)
            #expect(!ledger.hasRoom)
            ledger.finish(offset)
        }
    }
}
