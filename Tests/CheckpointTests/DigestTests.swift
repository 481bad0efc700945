import Crypto
import Foundation
import TestSupport
import Testing

@testable import Checkpoint

@Suite struct DigestTests {
    @Test func followsTheDocumentedLayout() throws {
        let folder = try CheckpointFolder()
        var bytes: [UInt8] = []
        for name in [
            "config.json", "generation_config.json", "model.safetensors", "preprocessor_config.json",
            "sentencepiece.bpe.model",
        ] {
            let contents = try Data(contentsOf: URL(filePath: folder.folder.file(name)))
            bytes += Array(name.utf8) + [0]
            bytes += withUnsafeBytes(of: UInt64(contents.count).littleEndian, Array.init)
            bytes += contents
        }
        let expected = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        let checkpoint = try folder.load()
        #expect(checkpoint.digest() == expected)
        #expect(checkpoint.digest() == expected)
    }

    @Test func changesWithTheFilesThatCount() throws {
        let folder = try CheckpointFolder()
        let digest = try folder.load().digest()
        try folder.write([1], to: "README.md")
        #expect(try folder.load().digest() == digest)
        try folder.set(["num_beams": "4"], in: "generation_config.json")
        #expect(try folder.load().digest() != digest)
    }
}
