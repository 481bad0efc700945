import Crypto

/// SHA-256 as S3 writes it.
enum ContentHash {
    /// In lower-case hex.
    static func sha256(_ bytes: some Collection<UInt8>) -> String {
        SHA256.hash(data: Array(bytes)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
