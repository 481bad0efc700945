import Crypto
import Platform

extension Checkpoint {
    /// The checkpoint's identity: SHA-256 in hexadecimal over the files it is loaded from, which are `config.json`,
    /// `preprocessor_config.json`, `sentencepiece.bpe.model`, the weights and, where they exist, `generation_config.json`,
    /// `tokenizer_config.json` and the index of shards.
    ///
    /// Hashed are, for each file in the order of the names' bytes: the name in UTF-8, one zero byte, the size as 64-bit
    /// little-endian integer, the contents. Reads all weights, so the first call takes as long as the storage needs; later
    /// ones return the same text.
    public func digest() -> String {
        digestCache.value {
            var hash = SHA256()
            for (name, file) in files.map({ (Self.fileName($0.path), $0) }).sorted(by: { $0.0 < $1.0 }) {
                hash.update(data: Array(name.utf8) + [0])
                withUnsafeBytes(of: UInt64(file.byteCount).littleEndian) { hash.update(bufferPointer: $0) }
                hash.update(bufferPointer: file.bytes)
            }
            return hash.finalize().map { byte in
                let digits = String(byte, radix: 16)
                return byte < 16 ? "0" + digits : digits
            }.joined()
        }
    }

    private static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
