import Platform
import TestSupport
import Testing

@Suite struct PageCacheTests {
    @Test func tellsWhatIsInMemory() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write([UInt8](repeating: 7, count: 100_000), to: "file")
        let residency = try PageCache.residency(path: path)
        #expect(residency.byteCount == 100_000 && residency.resident == 100_000)
        try PageCache.forget(path: path)
        // What stays is up to the file system; a temporary folder may be in memory altogether.
        #expect(try PageCache.residency(path: path).resident <= 100_000)
    }

    @Test func anEmptyFileHasNothing() throws {
        let folder = try TemporaryDirectory()
        let residency = try PageCache.residency(path: try folder.write([], to: "empty"))
        #expect(residency.byteCount == 0 && residency.resident == 0)
    }

    @Test func aMissingFileIsNamed() {
        #expect(throws: SystemError.self) { try PageCache.forget(path: "/nowhere/file") }
        #expect(throws: SystemError.self) { try PageCache.residency(path: "/nowhere/file") }
    }
}
