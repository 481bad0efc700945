import Crypto
import Foundation

/// SHA-256 of files.
enum FileChecksum {
    /// The checksum of a file's bytes, in lower-case hex. Blocks its thread; memory does not depend on the file's size.
    static func sha256(ofFile path: String) throws -> String {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var hash = SHA256()
        while let block = try file.read(upToCount: 1 << 20), !block.isEmpty {
            hash.update(data: block)
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
