import Foundation

/// Just enough of safetensors to read the goldens: a little-endian header length, a JSON header, the data.
struct GoldenTensors {
    private struct Entry: Decodable {
        let offsets: [Int]

        enum CodingKeys: String, CodingKey {
            case offsets = "data_offsets"
        }
    }

    private let data: Data
    private let start: Int
    private let entries: [String: Entry]

    init(path: String) throws {
        data = try Data(contentsOf: URL(filePath: path))
        start = 8 + Int(data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        entries = try JSONDecoder().decode([String: Entry].self, from: data[8..<start])
    }

    func tensor(_ name: String) throws -> [Float] {
        guard let offsets = entries[name]?.offsets else { throw CocoaError(.keyValueValidation) }
        let bytes = [UInt8](data[(start + offsets[0])..<(start + offsets[1])])
        return bytes.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }
}
