import Platform

/// Loads the safetensors format: a little-endian 64-bit header length, a JSON header, then the tensors' bytes.
/// <https://github.com/huggingface/safetensors#format>
enum SafetensorsFile {
    /// The format's own limit on the header.
    static let maximumHeaderByteCount = 100_000_000

    /// Checks the structure of a mapped file.
    static func load(_ file: MappedFile) throws(CheckpointError) -> WeightFile {
        WeightFile(file: file, tensors: try tensors(in: file.bytes, path: file.path))
    }

    /// The tensors a whole file describes.
    static func tensors(
        in bytes: UnsafeRawBufferPointer, path: String
    ) throws(CheckpointError) -> [String: TensorEntry] {
        var reader = ByteReader(bytes)
        guard let length = reader.integer(UInt64.self) else {
            throw malformed(path, "the file has \(bytes.count) bytes, too few for a safetensors header")
        }
        guard length <= maximumHeaderByteCount else {
            throw malformed(path, "the header claims \(length) bytes; the format allows \(maximumHeaderByteCount)")
        }
        guard let headerBytes = reader.slice(Int(length)) else {
            throw malformed(
                path, "the header claims \(length) bytes, the file has \(reader.remaining) left: is it cut short?")
        }
        let header: [SafetensorsHeader.Tensor]
        do {
            header = try SafetensorsHeader.read(headerBytes)
        } catch {
            throw malformed(path, "the header is not valid: \(error)", cause: error)
        }
        return try locate(header, dataOffset: reader.offset, dataByteCount: reader.remaining, path: path)
    }

    /// Checks that the tensors cover the data exactly, without hole or overlap, and that each has the bytes of its shape.
    private static func locate(
        _ tensors: [SafetensorsHeader.Tensor], dataOffset: Int, dataByteCount: Int, path: String
    ) throws(CheckpointError) -> [String: TensorEntry] {
        var entries: [String: TensorEntry] = [:]
        entries.reserveCapacity(tensors.count)
        var end = 0
        for tensor in tensors.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            let place = "tensor \"\(tensor.name)\": data_offsets [\(tensor.begin), \(tensor.end)]"
            guard let dataType = DataType(rawValue: tensor.dataType) else {
                throw malformed(path, "tensor \"\(tensor.name)\": unknown dtype \"\(tensor.dataType)\"")
            }
            guard
                let count = CheckedArithmetic.product(tensor.shape),
                let byteCount = CheckedArithmetic.product(tensor.shape + [dataType.byteCount])
            else {
                throw malformed(path, "tensor \"\(tensor.name)\": shape \(tensor.shape) is not possible")
            }
            guard tensor.begin == end else {
                let fault = tensor.begin < end ? "overlap the tensor before" : "leave a hole before the tensor"
                throw malformed(path, "\(place) \(fault); expected to begin at \(end)")
            }
            guard 0...dataByteCount ~= tensor.end else {
                throw malformed(path, "\(place) pass the end of the data at \(dataByteCount): is the file cut short?")
            }
            guard tensor.end >= tensor.begin, tensor.end - tensor.begin == byteCount else {
                throw malformed(
                    path, "\(place) do not fit \(tensor.dataType) \(tensor.shape), which is \(byteCount) bytes")
            }
            end = tensor.end
            entries[tensor.name] = TensorEntry(
                dataType: dataType, shape: tensor.shape, strides: nil, byteOffset: dataOffset + tensor.begin,
                count: count)
        }
        guard end == dataByteCount else {
            throw malformed(path, "the tensors end at \(end), the data at \(dataByteCount)")
        }
        return entries
    }

    private static func malformed(_ path: String, _ reason: String, cause: (any Error)? = nil) -> CheckpointError {
        CheckpointError(.malformedFile, "\(path): \(reason)", cause: cause)
    }
}
