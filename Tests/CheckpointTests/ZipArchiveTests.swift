import Testing

@testable import Checkpoint

@Suite struct ZipArchiveTests {
    private func open(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
        try bytes.withUnsafeBytes { buffer in
            try ZipArchive(buffer, path: "x.bin").entries.mapValues { Array(buffer[$0]) }
        }
    }

    private static let entries: [(String, [UInt8])] = [("r/data.pkl", [1, 2, 3]), ("r/é", []), ("r/data/0", [4, 5])]

    @Test(arguments: [false, true]) func findsStoredEntries(isWide: Bool) throws {
        let found = try open(ZipBytes(Self.entries, isWide: isWide).bytes)
        #expect(found == ["r/data.pkl": [1, 2, 3], "r/é": [], "r/data/0": [4, 5]])
    }

    @Test func findsTheDirectoryBeforeAComment() throws {
        var bytes = ZipBytes(Self.entries).bytes
        bytes[bytes.count - 2] = 40
        #expect(try open(bytes + [UInt8](repeating: 0x50, count: 40)).count == 3)
    }

    @Test(arguments: [false, true]) func refusesEveryTruncation(isWide: Bool) {
        let bytes = ZipBytes(Self.entries, isWide: isWide).bytes
        for count in 0..<bytes.count {
            Loading.expect(.malformedFile, mentions: "x.bin") { _ = try open(Array(bytes[..<count])) }
        }
    }

    /// Ways to break an entry's directory record.
    private static let damages: [@Sendable (inout ZipBytes.Entry) -> Void] = [
        { $0.method = 8 }, { $0.flags |= 1 }, { $0.sizeClaim = 1_000 }, { $0.sizeClaim = .max },
        { $0.sizeClaim = 1 << 63 - 1 },
        { $0.offsetClaim = 1 << 20 }, { $0.offsetClaim = .max }, { $0.offsetClaim = 1 }, { $0.name = "r/data.pkl" },
        { $0.offsetClaim = 0 },
    ]

    @Test(arguments: damages.indices, [false, true]) func refusesBrokenEntries(_ damage: Int, isWide: Bool) {
        var zip = ZipBytes(Self.entries, isWide: isWide)
        Self.damages[damage](&zip.entries[2])
        Loading.expect(.malformedFile) { _ = try open(zip.bytes) }
    }

    @Test(arguments: [2, 4, 1_000, UInt64.max], [false, true]) func refusesAWrongNumberOfEntries(
        _ count: UInt64, isWide: Bool
    ) {
        var zip = ZipBytes(Self.entries, isWide: isWide)
        zip.entryCountClaim = count
        Loading.expect(.malformedFile) { _ = try open(zip.bytes) }
    }

    @Test func refusesWhatIsNoArchive() {
        for bytes in [[], [0x50], [UInt8](repeating: 0, count: 100_000), Array("PK\u{5}\u{6}".utf8)] {
            Loading.expect(.malformedFile) { _ = try open(bytes) }
        }
    }
}
