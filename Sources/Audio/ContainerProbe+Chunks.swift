extension ContainerProbe {
    /// One chunk of a RIFF or IFF file.
    struct Chunk {
        let name: String
        /// Where its name stands.
        let start: Int64
        /// Bytes that it says follow its name and size.
        let size: Int64

        /// Where its content starts.
        var body: Int64 { start + 8 }
        /// Where the next chunk starts: contents are padded to an even size.
        var end: Int64 { body + size + size & 1 }
    }

    /// The chunk at a position; `nil` at the end of the file.
    func chunk(at start: Int64, _ order: HeaderBytes.Order) throws(AudioError) -> Chunk? {
        let header = try file.header(at: start, count: 8)
        guard let name = header.name(at: 0), let size = header.integer(UInt32.self, at: 4, order) else { return nil }
        return Chunk(name: name, start: start, size: Int64(size))
    }

    /// A chunk's bytes in the file, name and size included, as far as the file goes.
    func slice(_ chunk: Chunk) -> Range<Int64> {
        chunk.start..<max(chunk.start, min(chunk.end, file.byteCount))
    }
}
