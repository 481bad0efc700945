import Platform
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#endif

@Suite struct OpenFileTests {
    @Test func readsFromAnyPosition() throws {
        let directory = try TemporaryDirectory()
        let file = try OpenFile(path: directory.write([1, 2, 3, 4, 5], to: "data"))
        #expect(file.status.isRegularFile)
        #expect(file.status.byteCount == 5)
        #expect(try file.bytes(at: 1, count: 2) == [2, 3])
        #expect(try file.bytes(at: 3, count: 10) == [4, 5])
        #expect(try file.bytes(at: 99, count: 1).isEmpty)
    }

    @Test func aFolderOpensButCannotBeRead() throws {
        let directory = try TemporaryDirectory()
        let file = try OpenFile(path: directory.path)
        #expect(!file.status.isRegularFile)
        let error = #expect(throws: SystemError.self) { try file.bytes(at: 0, count: 1) }
        #expect(error?.errorNumber == EISDIR)
        #expect(error?.isTransient == false)
    }

    @Test func aPipeWithoutAWriterOpensAtOnce() throws {
        let directory = try TemporaryDirectory()
        #expect(mkfifo(directory.file("pipe"), 0o600) == 0)
        #expect(try !OpenFile(path: directory.file("pipe")).status.isRegularFile)
    }

    @Test func aNulDoesNotEndThePath() throws {
        let path = try TemporaryDirectory().path + "\0/x"
        #expect(throws: SystemError.self) { _ = try OpenFile(path: path) }
        #expect(throws: SystemError.self) { try SystemCalls.realPath(path) }
    }

    @Test func storageFaultsAreTransient() {
        #expect(SystemError(call: "pread", errorNumber: ESTALE).isTransient)
        #expect(!SystemError(call: "open", errorNumber: ENOENT).isTransient)
    }
}
