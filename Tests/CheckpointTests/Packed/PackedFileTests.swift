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
}
