import Testing

@testable import Checkpoint

/// What the loaders say of bytes that never were a file.
enum Loading {
    static func safetensors(_ bytes: [UInt8]) throws -> [String: TensorEntry] {
        try bytes.withUnsafeBytes { try SafetensorsFile.tensors(in: $0, path: "model.safetensors") }
    }

    static func torch(_ bytes: [UInt8]) throws -> [String: TensorEntry] {
        try bytes.withUnsafeBytes { try TorchArchive.tensors(in: $0, path: "pytorch_model.bin") }
    }

    static func pickle(_ bytes: [UInt8]) throws -> [String: TorchTensor] {
        try bytes.withUnsafeBytes { try Unpickler.readStateDictionary($0, path: "data.pkl") }
    }

    /// The values of an entry as float32.
    static func values(_ entry: TensorEntry?, in bytes: [UInt8]) throws -> [Float] {
        let entry = try #require(entry)
        return bytes.withUnsafeBytes { bytes in
            let copy = entry.float32Copy(from: bytes)
            return Array(UnsafeBufferPointer(start: copy.pointer, count: copy.count))
        }
    }

    /// Expects a failure of a kind, whose message mentions some text.
    static func expect(
        _ code: CheckpointError.Code, mentions text: String = "", sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: CheckpointError.self, sourceLocation: sourceLocation, performing: body)
        guard let error else { return }
        #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
        #expect(error.message.contains(text), "\(error)", sourceLocation: sourceLocation)
    }
}
