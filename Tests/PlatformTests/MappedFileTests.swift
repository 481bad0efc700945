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
}
