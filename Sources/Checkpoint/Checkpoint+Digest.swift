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
    /// A packed file's identity is the digest of its contents that it bears; see ``verify(progress:)``.
    public func digest() -> String { digest { _, _ in } }

    /// The checkpoint's identity, with word of how far it is.
    /// - Parameter progress: called with the bytes read so far and their number.
    public func digest<Failure: Error>(
        progress: (_ done: Int, _ count: Int) throws(Failure) -> Void
    ) throws(Failure) -> String {
        switch weights {
        case .packed(let packed): packed.digest
        case .published(let published):
            try digestCache.value { () throws(Failure) in
                try Self.digest(of: smallFiles + published.contents, progress)
            }
        }
    }

    /// Digest of the checkpoint that a packed file was made of; `nil` for a directory.
    public var sourceDigest: String? {
        if case .packed(let packed) = weights { packed.header.sourceDigest } else { nil }
    }

    /// Reads all of a packed file and compares it with its digest. A directory has nothing to compare with.
    /// - Parameter progress: called with the bytes read so far and their number.
    /// - Throws: ``CheckpointError`` where they differ, and what `progress` throws.
    public func verify(progress: (_ done: Int, _ count: Int) throws -> Void = { _, _ in }) throws {
        if case .packed(let packed) = weights { try packed.verify(progress) }
    }

    private static func digest<Failure: Error>(
        of files: [FileContents], _ progress: (_ done: Int, _ count: Int) throws(Failure) -> Void
    ) throws(Failure) -> String {
        var hash = SHA256()
        let count = files.reduce(0) { $0 + $1.bytes.count }
        var done = 0
        for file in files.sorted(by: { $0.name < $1.name }) {
            hash.update(data: Array(file.name.utf8) + [0])
            withUnsafeBytes(of: UInt64(file.bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            try file.sweep { (piece) throws(Failure) in
                hash.update(bufferPointer: piece)
                done += piece.count
                try progress(done, count)
            }
        }
        return hash.finalize().hexadecimal
    }
}
