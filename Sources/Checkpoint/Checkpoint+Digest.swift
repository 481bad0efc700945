import Crypto

extension Checkpoint {
    /// The checkpoint's identity: SHA-256 in hexadecimal over the files it is loaded from, which are `config.json`,
    /// `preprocessor_config.json`, `sentencepiece.bpe.model`, the weights and, where they exist, `generation_config.json`,
    /// `tokenizer_config.json` and the index of shards.
    ///
    /// Hashed are, for each file in the order of the names' bytes: the name in UTF-8, one zero byte, the size as 64-bit
    /// little-endian integer, the contents. Reads all weights, so the first call takes as long as the storage needs; later
    /// ones return the same text.
    ///
    /// A packed file's identity is the digest of its contents that it bears; see ``verify()``.
    public func digest() -> String {
        switch weights {
        case .packed(let packed): packed.digest
        case .published(let published): digestCache.value { Self.digest(of: smallFiles + published.contents) }
        }
    }

    /// Digest of the checkpoint that a packed file was made of; `nil` for a directory.
    public var sourceDigest: String? {
        if case .packed(let packed) = weights { packed.header.sourceDigest } else { nil }
    }

    /// Reads all of a packed file and compares it with its digest. A directory has nothing to compare with.
    /// - Throws: ``CheckpointError``.
    public func verify() throws(CheckpointError) {
        if case .packed(let packed) = weights { try packed.verify() }
    }

    private static func digest(of files: [FileContents]) -> String {
        var hash = SHA256()
        for file in files.sorted(by: { $0.name < $1.name }) {
            hash.update(data: Array(file.name.utf8) + [0])
            withUnsafeBytes(of: UInt64(file.bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: file.bytes)
        }
        return hash.finalize().hexadecimal
    }
}
