import Foundation

/// Float32 tensors of a golden file in the safetensors format, read without the code under test.
public struct GoldenTensors: Sendable {
    private struct Entry: Decodable {
        let dtype: String
        let shape: [Int]
        let dataOffsets: [Int]

        enum CodingKeys: String, CodingKey {
            case dtype, shape
            case dataOffsets = "data_offsets"
        }
    }

    private let entries: [String: Entry]
    private let data: Data

    /// Reads a file.
    public init(path: String) throws {
        let file = try Data(contentsOf: URL(filePath: path))
        let length = file.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        let header = try JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(length)) as? [String: Any]
        var tensors = header ?? [:]
        tensors["__metadata__"] = nil
        entries = try JSONDecoder().decode(
            [String: Entry].self, from: JSONSerialization.data(withJSONObject: tensors))
        data = file.dropFirst(8 + length)
    }

    /// Names of all tensors.
    public var names: [String] { entries.keys.sorted() }

    /// A tensor's shape.
    public func shape(_ name: String) -> [Int]? { entries[name]?.shape }

    /// Where a tensor's bytes lie in the file.
    public func byteRange(_ name: String) -> Range<Int>? {
        entries[name].map { data.startIndex + $0.dataOffsets[0]..<data.startIndex + $0.dataOffsets[1] }
    }

    /// A tensor's elements; `nil` when it is absent or not float32.
    public func floats(_ name: String) -> [Float]? {
        guard let entry = entries[name], entry.dtype == "F32" else { return nil }
        return bytes(entry).withUnsafeBytes { raw in
            (0..<raw.count / 4).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    /// A tensor of 64-bit integers.
    public func integers(_ name: String) -> [Int64]? {
        guard let entry = entries[name], entry.dtype == "I64" else { return nil }
        return bytes(entry).withUnsafeBytes { raw in
            (0..<raw.count / 8).map { raw.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self) }
        }
    }

    private func bytes(_ entry: Entry) -> Data {
        let start = data.startIndex
        return data[start + entry.dataOffsets[0]..<start + entry.dataOffsets[1]]
    }
}
