/// The float32 tensors of a safetensors file that lies in memory, such as in the executable.
package struct EmbeddedTensors {
    private let bytes: UnsafeRawBufferPointer
    private let name: String
    private let entries: [String: TensorEntry]

    /// Checks the structure.
    /// - Parameters:
    ///   - bytes: a whole file, which must stay.
    ///   - name: what errors call it.
    /// - Throws: ``CheckpointError``.
    package init(_ bytes: UnsafeRawBufferPointer, name: String) throws(CheckpointError) {
        self.bytes = bytes
        self.name = name
        entries = try SafetensorsFile.tensors(in: bytes, path: name)
    }

    /// A tensor's elements, row after row.
    /// - Throws: ``CheckpointError`` where there is none of that name and shape.
    package func floats(_ tensor: String, shape: [Int]) throws(CheckpointError) -> [Float] {
        guard let entry = entries[tensor] else {
            throw CheckpointError(.missingTensor, "\(name): there is no tensor \"\(tensor)\"")
        }
        guard entry.shape == shape, entry.dataType == .float32 else {
            throw CheckpointError(
                .shapeMismatch,
                "\(name): tensor \"\(tensor)\" is \(entry.dataType.rawValue) \(entry.shape), expected F32 \(shape)")
        }
        return (0..<entry.count).map { index in
            bytes.loadUnaligned(fromByteOffset: entry.byteOffset + 4 * index, as: Float.self)
        }
    }
}
