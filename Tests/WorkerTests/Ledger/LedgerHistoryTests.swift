import Ledger
import TestSupport
import Testing

@testable import Worker

@Suite struct LedgerHistoryTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func randomHistories(block: UInt64) throws {
        for seed in block * 1000..<(block + 1) * 1000 {
            var history = LedgerHistory(seed: seed)
            do { try history.run(steps: 60) } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
    }

    /// Jobs that kill their process whenever they run, among others that are in flight with them.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func poison(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let jobs: Range<Int64> = 0..<20
        let poisonous = Set(jobs.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
        var starts: [Int64: Int] = [:]
        var lethal: Set<Int64> = []
        var finished: Set<Int64> = []
        var record = PartitionLedger(base: 0).record(session: 0, sequence: 0)

        /// One process: runs in company what may, then each other one alone, until one kills it.
        func live(session: UInt32) throws {
            var ledger = PartitionLedger(takingOver: record, isOrderly: false)
            func run(_ offsets: [Int64]) throws -> Bool {
                for offset in offsets {
                    ledger.start(offset)
                    starts[offset, default: 0] += 1
                }
                record = try reread(ledger.record(session: session, sequence: 1))
                guard poisonous.isDisjoint(with: offsets) else { return false }
                for offset in offsets { ledger.finish(offset) }
                finished.formUnion(offsets)
                return true
            }
            var company: [Int64] = []
            var alone: [Int64] = []
            for offset in ledger.takenEnd..<jobs.upperBound {
                switch ledger.take(offset) {
                case .run: company.append(offset)
                case .runAlone: alone.append(offset)
                case .lethal(let crashes):
                    #expect(crashes == 4)
                    lethal.insert(offset)
                    ledger.finish(offset)
                case .finished: break
                case .repeated, .wentBack: Issue.record("\(offset)")
                }
            }
            company.shuffle(using: &random)
            while !company.isEmpty {
                guard try run(Array(company.prefix(5))) else { return }
                company.removeFirst(min(5, company.count))
            }
            for offset in alone.shuffled(using: &random) {
                guard try run([offset]) else { return }
            }
            record = try reread(ledger.record(session: session, sequence: 2))
        }
        var session: UInt32 = 0
        while record.base < jobs.upperBound {
            session += 1
            try #require(session < 100)
            try live(session: session)
        }
        #expect(lethal == poisonous)
        #expect(poisonous.allSatisfy { starts[$0] == 4 })
        #expect(finished == Set(jobs).subtracting(poisonous))
        // Started with a poisonous one, and once more alone.
        #expect(finished.allSatisfy { starts[$0, default: 0] <= 2 })
    }

    private func reread(_ record: LedgerRecord) throws -> LedgerRecord {
        try #require(LedgerRecord(metadata: record.metadata, base: record.base))
    }
}
