import Foundation

/// A file of raw little-endian float32 samples, 16 kHz mono.
enum Clip {
    static func samples(_ path: String) throws -> [Float] {
        let data = try Data(contentsOf: URL(filePath: path))
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }
}
