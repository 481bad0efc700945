/// One entry of a ZIP archive's central directory.
struct ZipDirectoryEntry {
    let name: String
    let byteCount: Int
    /// File offset of the entry's local header.
    let headerOffset: Int
    let isStored: Bool
    let isEncrypted: Bool

    /// Reads the entry at the reader's position; `nil` when it is not one.
    init?(_ reader: inout ByteReader, signature: UInt32) {
        guard
            reader.integer(UInt32.self) == signature,
            reader.slice(4) != nil,  // versions
            let flags = reader.integer(UInt16.self),
            let method = reader.integer(UInt16.self),
            reader.slice(8) != nil,  // time, date and CRC-32
            let compressedSize = reader.integer(UInt32.self),
            let size = reader.integer(UInt32.self),
            let nameLength = reader.integer(UInt16.self),
            let extraLength = reader.integer(UInt16.self),
            let commentLength = reader.integer(UInt16.self),
            reader.slice(8) != nil,  // disk number and attributes
            let offset = reader.integer(UInt32.self),
            let name = reader.string(Int(nameLength)),
            let extra = reader.slice(Int(extraLength)),
            reader.slice(Int(commentLength)) != nil
        else { return nil }

        var wide = Zip64Extra(extra)
        guard
            let wideSize = wide.resolve(size),
            let wideCompressedSize = wide.resolve(compressedSize),
            let wideOffset = wide.resolve(offset)
        else { return nil }
        self.name = name
        byteCount = wideSize
        headerOffset = wideOffset
        isStored = method == 0 && wideCompressedSize == wideSize
        isEncrypted = flags & 1 != 0
    }
}
