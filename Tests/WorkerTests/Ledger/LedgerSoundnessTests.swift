import Ledger
import TestSupport
import Testing

@testable import Worker

/// What anybody may have committed, taken over by a worker.
@Suite struct LedgerSoundnessTests {
    /// Random content with a right checksum: what is read at all is sound.
    @Test func whatIsReadIsSound() {
        var random = SplitMix64(seed: 9)
        var readCount = 0
        for _ in 0..<20_000 {
            let content = (0..<Int.random(in: 4..<24, using: &random)).map { _ in
                UInt8.random(in: 0...(Bool.random(using: &random) ? 3 : 255), using: &random)
            }
            let base = Bool.random(using: &random) ? 0 : Int64.max - Int64.random(in: 0..<300, using: &random)
            guard let record = LedgerRecord(metadata: LedgerRecord.seal(content, base: base), base: base) else {
                continue
            }
            readCount += 1
            #expect(LedgerRecord(metadata: record.metadata, base: record.base) == record)
            let offsets = record.marks.map(\.offset)
            #expect(zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 } && offsets.allSatisfy { $0 >= base })
            var end = base
            for range in record.finished {
                #expect(range.lowerBound > end && range.upperBound < .max)
                end = range.upperBound + 1
            }
            var ledger = PartitionLedger(takingOver: record, isOrderly: false)
            for offset in [base, base &+ 1] + offsets.prefix(3) + [.max - 1, .max] { _ = ledger.take(offset) }
            #expect(ledger.base >= base && ledger.longestMetadata(afterTaking: 1) > 0)
        }
        #expect(readCount > 300)
    }
}
