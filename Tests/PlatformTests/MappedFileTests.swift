import Platform
import TestSupport
import Testing

@Suite struct MappedFileTests {
    @Test func mapsTheWholeFile() throws {
        let directory = try TemporaryDirectory()
        let file = try MappedFile(path: directory.write([1, 2, 3, 255], to: "data"))
        #expect(file.byteCount == 4)
        #expect(Array(file.bytes) == [1, 2, 3, 255])
    }

    @Test func anEmptyFileHasNoBytes() throws {
        let directory = try TemporaryDirectory()
        #expect(try MappedFile(path: directory.write([], to: "empty")).byteCount == 0)
    }

    @Test func aMissingFileNamesItsPath() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SystemError.self) { try MappedFile(path: directory.file("absent")) }
        #expect(error?.isNotFound == true)
        #expect(error?.description.contains("/absent") == true)
    }

    @Test func aFolderIsRefused() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: SystemError.self) { try MappedFile(path: directory.path) }
    }

    /// A sweep sees every byte, and nothing of it stays in memory.
    @Test func whatIsSweptIsGivenBack() throws {
        let directory = try TemporaryDirectory()
        let contents = (0..<40_000_000).map { UInt8(truncatingIfNeeded: $0 / 4096) }
        let file = try MappedFile(path: directory.write(contents, to: "data"))
        var swept: [UInt8] = []
        file.sweep(5..<file.byteCount) { swept += $0 }
        #expect(swept == Array(contents[5...]))
        #expect(try residentKilobytes(of: file) == 0)
        #expect(file.bytes.elementsEqual(contents))
        #expect(try residentKilobytes(of: file) > 39_000)
        file.forget(0..<20_000_000)
        #expect(try residentKilobytes(of: file) < 21_000)
    }

    /// What the kernel says of the mapping.
    private func residentKilobytes(of file: MappedFile) throws -> Int {
        let maps = String(decoding: try OpenFile(path: "/proc/self/smaps").bytes(at: 0, count: 8 << 20), as: UTF8.self)
        let lines = maps.split(separator: "\n")
        let mapping = try #require(lines.firstIndex { $0.hasSuffix(file.path) })
        let resident = try #require(lines[mapping...].first { $0.hasPrefix("Rss:") })
        return try #require(resident.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
}
