import Foundation
import TestSupport
import Testing

@testable import Checkpoint

@Suite struct PackedFileTests {
    /// A shape whose product does not fit is no shape, even where another dimension is nothing.
    @Test func hugeEmptyTensorIsRefused() throws {
        let folder = try TemporaryDirectory()
        let tiny = try Checkpoint(path: Fixtures.path("tiny"))
        var header = PackedHeader(
            model: "m", precision: "f32", sourceDigest: "", producer: "test",
            files: tiny.smallFiles.map { .init(name: $0.name, section: .init(size: $0.bytes.count)) }, tensors: [])
        header.tensors = [
            .init(name: "empty", shape: [.max, .max, 0], storage: .float32),
            .init(name: "one", shape: [1], storage: .float32, weights: .init(size: 4)),
        ]
        var writer = try PackedFileWriter.begin(path: folder.file("m"), header: header)
        for file in tiny.smallFiles { try writer.append(file.bytes) }
        try [Float(1)].withUnsafeBytes { try writer.append($0) }
        _ = try writer.finish()
        let error = #expect(throws: CheckpointError.self) { try Checkpoint(path: folder.file("m")) }
        #expect(error?.code == .malformedFile && error?.message.contains("\"empty\"") == true)
    }

    /// A list of kept tokens that can't be one is refused.
    @Test(arguments: [
        ([0, 2, 1, 68], "token 1 can't follow 2"), ([0, 1, 2, 2, 68], "token 2 can't follow 2"),
        ([0, 1, 2, 118], "token 118 can't follow 2"), ([-1, 0, 1, 2, 68], "token -1 can't follow"),
        ([0, 1, 2], "token 68"), ([0, 1, 2, 5, 68], "decoder.lm_head.weight"),
    ])
    func badShortlist(_ tokens: [Int32], _ message: String) throws {
        let error = #expect(throws: CheckpointError.self) { try load(shortlist: tokens) }
        #expect(error?.code == .malformedFile && error?.message.contains(message) == true, "\(error as Any)")
    }

    @Test func goodShortlist() throws {
        #expect(try load(shortlist: [0, 1, 2, 68]).vocabularyShortlist == [0, 1, 2, 68])
    }

    /// A file with an output projection of four rows.
    private func load(shortlist: [Int32]) throws -> Checkpoint {
        let folder = try TemporaryDirectory()
        let tiny = try Checkpoint(path: Fixtures.path("tiny"))
        var writer = try PackedFileWriter.begin(
            path: folder.file("m"), checkpoint: tiny, precision: "f32", producer: "test", vocabulary: shortlist,
            tensors: [.init(name: "decoder.lm_head.weight", shape: [4, 32], storage: .float32)])
        try [Float](repeating: 1, count: 4 * 32).withUnsafeBytes { try writer.append($0) }
        _ = try writer.finish()
        return try Checkpoint(path: folder.file("m"))
    }
}
