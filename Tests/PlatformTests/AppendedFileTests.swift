import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct AppendedFileTests {
    @Test func whatIsThereStays() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write(Array("one\n".utf8), to: "file")
        do {
            let file = try AppendedFile(path: path)
            try file.append(Array("two\nthr".utf8))
            try file.truncate(to: 8)
            try file.append(Array("four\n".utf8))
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one\ntwo\nfour\n")
    }

    @Test func onlyOneAddsToIt() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("new")
        do {
            let file = try AppendedFile(path: path)
            try file.append([1])
            let error = #expect(throws: SystemError.self) { _ = try AppendedFile(path: path) }
            #expect(error?.errorNumber == EWOULDBLOCK && error?.path == path)
        }
        _ = try AppendedFile(path: path)
    }

    @Test func placesThatCanNotBe() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: SystemError.self) { _ = try AppendedFile(path: "") }
        #expect(throws: SystemError.self) { _ = try AppendedFile(path: folder.path) }
        #expect(throws: SystemError.self) { _ = try AppendedFile(path: folder.file("missing/file")) }
    }
}
