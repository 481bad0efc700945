import Jobs
import Testing

@Suite struct ContentDigestTests {
    @Test func digestOfWhatIsRead() {
        #expect(
            ContentDigest.sha256 { _, _ in [] } == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            ContentDigest.sha256 { _, _ in Array("abc".utf8) }
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    /// A million times the letter a (FIPS 180-4), then some: several blocks.
    @Test func blocksFollowEachOther() {
        let contents = Array(repeating: UInt8(ascii: "a"), count: 1_000_000)
        let digest = ContentDigest.sha256 { offset, _ in Array(contents[Int(offset)...]) }
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")

        let long = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        var offsets: [Int64] = []
        let pieces = ContentDigest.sha256 { offset, count in
            offsets.append(offset)
            return Array(long[Int(offset)...].prefix(count))
        }
        #expect(offsets == [0, 1 << 20, 2 << 20])
        #expect(pieces != digest && pieces.utf8.count == 64)
    }

    @Test func failureIsHandedOn() {
        struct Trouble: Error {}
        #expect(throws: Trouble.self) { try ContentDigest.sha256 { _, _ in throw Trouble() } }
    }
}
