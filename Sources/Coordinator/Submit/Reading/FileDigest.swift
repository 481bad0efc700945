import Crypto
import Platform

/// The SHA-256 of a file's contents.
enum FileDigest {
    private static let blockSize = 1 << 20

    /// - Returns: 64 lower-case hexadecimal digits.
    /// - Throws: `SystemError` or `CancellationError`.
    static func sha256(path: String, cancellation: CancellationFlag) throws -> String {
        let file = try OpenFile(path: path)
        var hash = SHA256()
        var offset: Int64 = 0
        while true {
            try cancellation.check()
            let bytes = try file.bytes(at: offset, count: blockSize)
            hash.update(data: bytes)
            offset += Int64(bytes.count)
            guard bytes.count == blockSize else { break }
        }
        return hash.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
