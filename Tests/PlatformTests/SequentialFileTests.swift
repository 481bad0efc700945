import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct SequentialFileTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func readAll(_ path: String) throws -> [UInt8] {
        let file = try SequentialFile(path: path)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1000)
        while try file.waitUntilReadable(milliseconds: 5000) {
            let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += block.prefix(count)
        }
        return []
    }

    @Test func filesAndPipesToTheirEnds() throws {
        let contents = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try readAll(folder.write(contents, to: "f")) == contents)
        let pipe = folder.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let writer = open(pipe, O_RDWR)
        let file = try SequentialFile(path: pipe)
        #expect(try !file.waitUntilReadable(milliseconds: 0))
        try #require(write(writer, contents, 10) == 10)
        #expect(try file.waitUntilReadable(milliseconds: 5000))
        var block = [UInt8](repeating: 0, count: 100)
        #expect(try block.withUnsafeMutableBytes { try file.read(into: $0) } == 10)
        close(writer)
    }

    @Test func foldersAndMissingFiles() throws {
        #expect(throws: SystemError.self) { try readAll(folder.path) }
        #expect(throws: SystemError.self) { try readAll(folder.file("missing")) }
    }

    @Test func temporaryFileHasNoName() throws {
        let file = try TemporaryFile(folder: folder.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        try file.write([1, 2, 3], at: 0)
        try file.write([9, 8], at: 2)
        var bytes = [UInt8](repeating: 0, count: 10)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 1) } == 3)
        #expect(bytes.prefix(3) == [2, 9, 8])
        let error = #expect(throws: SystemError.self) { _ = try TemporaryFile(folder: folder.file("missing")) }
        #expect(error?.isNotFound == true)
    }

    @Test func entriesOfAFolder() throws {
        try folder.write([1], to: "file")
        try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "folder")
        try #require(mkfifo(folder.file("pipe"), 0o600) == 0)
        let kinds = try SystemCalls.entries(ofFolder: folder.path).reduce(into: [:]) { kinds, entry in
            kinds[String(decoding: entry.name, as: UTF8.self)] = entry.kind
        }
        #expect(kinds == ["file": .regularFile, "folder": .folder, "link": .link, "pipe": .other])
        #expect(throws: SystemError.self) { try SystemCalls.entries(ofFolder: folder.file("file")) }

        let status = try SystemCalls.status(path: folder.file("link"))
        #expect(status.isFolder && !status.isRegularFile)
        #expect(status.identity == (try SystemCalls.status(path: folder.file("folder"))).identity)
        #expect(throws: SystemError.self) { try SystemCalls.status(path: "a\0b") }
    }
}
