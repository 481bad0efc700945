import Crypto

/// The checksum of a recording's bytes, as jobs may name it.
public enum ContentDigest {
    private static let blockSize = 1 << 20

    /// The SHA-256 of a file's contents; memory does not depend on their size.
    /// - Parameter read: Gives the bytes at an offset, fewer than asked for at the end alone.
    /// - Returns: 64 lower-case hexadecimal digits.
    public static func sha256(read: (_ offset: Int64, _ count: Int) throws -> [UInt8]) rethrows -> String {
        var hash = SHA256()
        var offset: Int64 = 0
        while true {
            let bytes = try read(offset, blockSize)
            hash.update(data: bytes)
            offset += Int64(bytes.count)
            guard bytes.count == blockSize else { break }
        }
        return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
