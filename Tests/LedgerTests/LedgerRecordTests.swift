import FoundationEssentials
import TestSupport
import Testing

@testable import Ledger

@Suite struct LedgerRecordTests {
    private func read(_ record: LedgerRecord) -> LedgerRecord? {
        LedgerRecord(metadata: record.metadata, base: record.base)
    }

    @Test func roundTrips() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<10_000 {
            let record = LedgerRecord.random(using: &random)
            #expect(read(record) == record)
        }
    }

    @Test func onlySafeCharacters() {
        var random = SplitMix64(seed: 6)
        let safe = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".utf8)
        for _ in 0..<500 { #expect(safe.isSuperset(of: LedgerRecord.random(using: &random).metadata.utf8)) }
    }

    @Test func garbledIsNothing() {
        var random = SplitMix64(seed: 8)
        for _ in 0..<4 {
            let record = LedgerRecord.random(using: &random)
            let text = Array(record.metadata.utf8)
            func read(_ text: some Collection<UInt8>) -> LedgerRecord? {
                LedgerRecord(metadata: String(decoding: text, as: UTF8.self), base: record.base)
            }
            for end in text.indices { #expect(read(text[..<end]) == nil) }
            for index in text.indices {
                for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0".utf8
                where letter != text[index] {
                    var changed = text
                    changed[index] = letter
                    if read(changed) != nil { Issue.record("\(record) with \(letter) at \(index)") }
                }
                #expect(read(text[..<index] + text[(index + 1)...]) == nil)
            }
            #expect(read(text + [65]) == nil && read(text + text) == nil)
            // It belongs to one offset.
            #expect(LedgerRecord(metadata: record.metadata, base: record.base - 1) == nil)
            #expect(LedgerRecord(metadata: record.metadata, base: record.base ^ 1 << 40) == nil)
        }
    }

    @Test func foreignIsNothing() {
        let foreign = [
            "", " ", "d", "dl1", "dl1.", "dl1.AAAA", "DL1.", "dl2.AAAAAAAAAAAA", "null", #"{"offsets":[1,2,3]}"#,
            "bm90IG91cnM=", "\0", "dl1.\u{301}", "\u{301}dl1.", "👩‍👩‍👧‍👦", String(repeating: "dl1.", count: 1000),
            "dl1." + String(repeating: String(repeating: "A", count: 10_000), count: 1000),
        ]
        for metadata in foreign {
            for base: Int64 in [.min, -1, 0, .max] {
                if LedgerRecord(metadata: metadata, base: base) != nil { Issue.record("\(metadata.prefix(40))") }
            }
        }
    }

    /// Content with a right checksum that no ledger wrote.
    @Test func refusesWhatCannotBe() {
        func content(
            marks: [(field: UInt64, byte: UInt8?)] = [], count: UInt64? = nil, form: UInt8 = 0, finished: [UInt64] = []
        ) -> [UInt8] {
            var writer = LedgerWriter()
            writer.append(word: 7)
            writer.append(varint: 1)
            writer.append(varint: 0)
            writer.append(varint: count ?? UInt64(marks.count))
            for mark in marks {
                writer.append(varint: mark.field)
                if let byte = mark.byte { writer.append(byte) }
            }
            writer.append(form)
            for length in finished { writer.append(varint: length) }
            return writer.bytes
        }
        func isRead(_ content: [UInt8], base: Int64 = 10) -> Bool {
            LedgerRecord(metadata: LedgerRecord.seal(content, base: base), base: base) != nil
        }
        #expect(isRead(content()) && isRead(content(marks: [(0, nil), (3, 31)], finished: [2, 4, 0, 0])))
        // Marks: without anything to say, with too many crashes, with more to come, beyond the last offset.
        #expect(!isRead(content(marks: [(1, 0)])) && !isRead(content(marks: [(1, 1)])))
        #expect(!isRead(content(marks: [(1, 32)])))
        #expect(!isRead(content(marks: [(0, nil)], count: .max)) && !isRead(content(count: 1)))
        #expect(!isRead(content(marks: [(.max, 2)])))
        #expect(isRead(content(marks: [(0, nil)]), base: .max - 1) && !isRead(content(marks: [(0, nil)]), base: .max))
        // Both unfinished and finished.
        #expect(isRead(content(marks: [(0, nil)], finished: [0, 5])))
        #expect(!isRead(content(marks: [(2, nil)], finished: [0, 5])))
        // Runs: half of one, beyond the last offset.
        #expect(!isRead(content(finished: [3])))
        #expect(!isRead(content(finished: [.max, 0])) && !isRead(content(finished: [0, .max])))
        #expect(!isRead(content(finished: [0, UInt64(Int64.max)])))
        #expect(isRead(content(finished: [0, UInt64(Int64.max) - 12])))
        #expect(!isRead(content(finished: [0, UInt64(Int64.max) - 11])))
        // A bitmap beyond the last offset, a form of another kind, numbers of more than 64 bits.
        #expect(
            isRead(content(form: 1, finished: [3]), base: .max - 3)
                && !isRead(content(form: 1, finished: [4]), base: .max - 3))
        #expect(!isRead(content(form: 2)))
        #expect(!isRead(Array(content().prefix(4)) + Array(repeating: 0xFF, count: 9) + [2, 0, 0, 0]))
        #expect(!isRead(Array(content().prefix(4)) + Array(repeating: 0xFF, count: 11) + [0, 0, 0]))
        for end in content().indices { #expect(!isRead(Array(content()[..<end]))) }
    }

    /// What version 1 wrote is read for good.
    @Test func golden() throws {
        let lines = try String(contentsOfFile: Fixtures.path("ledger/v1.tsv"), encoding: .utf8).split(separator: "\n")
        #expect(lines.count == LedgerRecord.golden.count)
        for (line, (description, record)) in zip(lines, LedgerRecord.golden) {
            let fields = line.split(separator: "\t").map(String.init)
            try #require(fields.count == 3)
            #expect(fields[2] == description)
            #expect(try LedgerRecord(metadata: fields[1], base: #require(Int64(fields[0]))) == record)
            #expect(record.metadata == fields[1], "\(description)")
        }
    }
}
