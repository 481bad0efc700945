import TestSupport

@testable import Ledger

extension LedgerRecord {
    /// One of any shape, not too long for its metadata.
    static func random(using random: inout SplitMix64) -> LedgerRecord {
        func number(below bits: Int) -> UInt64 {
            UInt64.random(in: 0...UInt64.max >> UInt64(64 - Int.random(in: 1...bits, using: &random)), using: &random)
        }
        var record = LedgerRecord(
            base: Int64(number(below: 62)), session: UInt32(number(below: 32)), sequence: number(below: 64))
        if Bool.random(using: &random) { record.resultsEnd = Int64(number(below: 63)) }
        let bits = Bool.random(using: &random) ? 2 : 40
        var next = record.base
        for _ in 0..<Int.random(in: 0...80, using: &random) {
            // An unfinished run, some of it marked, and a finished one.
            let end = next + 1 + Int64(number(below: bits))
            while next < end, Int.random(in: 0..<3, using: &random) == 0 {
                let mark = Mark(
                    offset: next, isStarted: Bool.random(using: &random),
                    crashes: Int.random(in: 0...15, using: &random))
                if mark.isStarted || mark.crashes > 0 { record.marks.append(mark) }
                next += 1
            }
            next = end + 1 + Int64(number(below: bits))
            record.finished.append(end...next - 1)
        }
        if Bool.random(using: &random) { record.marks.append(Mark(offset: next, isStarted: true)) }
        return record
    }

    /// What `Tests/Fixtures/ledger/v1.tsv` holds, line by line.
    static let golden: [(description: String, record: LedgerRecord)] = [
        ("nothing finished above the base", LedgerRecord(base: 0, session: 0, sequence: 0)),
        (
            "results worked in, highest session and sequence",
            LedgerRecord(base: 42, resultsEnd: 0, session: .max, sequence: .max)
        ),
        (
            "runs",
            LedgerRecord(
                base: 1_000_000, finished: [1_000_001...1_000_020, 1_002_000...1_999_999], resultsEnd: 123_456,
                session: 0xDEAD_BEEF, sequence: 77)
        ),
        (
            "bitmap",
            LedgerRecord(
                base: 500, finished: stride(from: 502, through: 540, by: 2).map { $0...$0 }, resultsEnd: 9,
                session: 1, sequence: 300)
        ),
        (
            "marks of every kind",
            LedgerRecord(
                base: 10, finished: [12...14],
                marks: [
                    Mark(offset: 10, isStarted: true), Mark(offset: 11, crashes: 1),
                    Mark(offset: 15, isStarted: true, crashes: 3), Mark(offset: 400, isStarted: true),
                    Mark(offset: 401, isStarted: true, crashes: 15),
                ],
                session: 2, sequence: 1)
        ),
        (
            "the highest offsets",
            LedgerRecord(
                base: .max - 9, finished: [.max - 7 ... .max - 4, .max - 1 ... .max - 1],
                marks: [Mark(offset: .max - 2, crashes: 2)], resultsEnd: .max, session: 3, sequence: 2)
        ),
    ]
}
