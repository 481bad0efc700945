import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct AtomicFileTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func contents(_ name: String) -> String? { try? String(contentsOfFile: folder.file(name), encoding: .utf8) }
    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(arguments: [true, false]) func appearsWhenItIsComplete(isDurable: Bool) throws {
        try folder.write(Array("old".utf8), to: "f")
        var file = try AtomicFile(path: folder.file("f"))
        try file.write(Array("ne".utf8))
        try file.write(Array("w".utf8))
        #expect(contents("f") == "old")
        try file.commit(isDurable: isDurable)
        #expect(contents("f") == "new")
        #expect(try names() == ["f"])
    }

    @Test func leavesNothingBehind() throws {
        func begin() throws {
            let file = try AtomicFile(path: folder.file("f"))
            try file.write([1])
            #expect(try names().count == 1)
        }
        try begin()
        #expect(try names().isEmpty)
    }

    @Test func linksStay() throws {
        try folder.write(Array("old".utf8), to: "f")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "f")
        var file = try AtomicFile(path: folder.file("link"))
        try file.write(Array("new".utf8))
        try file.commit()
        #expect(contents("f") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == "f")
    }

    @Test func devicesAreWrittenTo() throws {
        var file = try AtomicFile(path: "/dev/null")
        try file.write([1])
        try file.commit()
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType != .typeRegular)
    }

    @Test(arguments: ["missing/f", "file/f", ".", "a\u{0}b"]) func whatCannotBeWritten(name: String) throws {
        try folder.write([], to: "file")
        let error = #expect(throws: SystemError.self) { _ = try AtomicFile(path: folder.file(name)) }
        #expect(error?.path == folder.file(name))
        #expect(throws: SystemError.self) { _ = try AtomicFile(path: "") }
    }

    @Test func fullDevice() throws {
        let file = try AtomicFile(path: "/dev/full")
        #expect(throws: SystemError.self) { try file.write([1]) }
    }
}
