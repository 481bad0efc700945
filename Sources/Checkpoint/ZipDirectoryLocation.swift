/// Where a ZIP archive's central directory lies.
struct ZipDirectoryLocation {
    private static let endSignature: UInt32 = 0x0605_4B50
    private static let endByteCount = 22
    private static let wideLocatorSignature: UInt32 = 0x0706_4B50
    private static let wideLocatorByteCount = 20
    private static let wideEndSignature: UInt32 = 0x0606_4B50

    /// File offsets of the directory.
    let range: Range<Int>
    let entryCount: Int

    /// Finds the end record, which a comment of up to 65,535 bytes may follow, and its ZIP64 companion.
    init?(in bytes: UnsafeRawBufferPointer) {
        let last = bytes.count - Self.endByteCount
        guard last >= 0 else { return nil }
        for offset in stride(from: last, through: max(0, last - Int(UInt16.max)), by: -1) {
            if let location = Self(in: bytes, endOffset: offset) {
                self = location
                return
            }
        }
        return nil
    }

    private init?(in bytes: UnsafeRawBufferPointer, endOffset: Int) {
        var reader = ByteReader(bytes, at: endOffset)
        guard
            reader.integer(UInt32.self) == Self.endSignature,
            let disk = reader.integer(UInt16.self), let startDisk = reader.integer(UInt16.self), disk == startDisk,
            let entriesHere = reader.integer(UInt16.self),
            let entries = reader.integer(UInt16.self), entries == entriesHere,
            let size = reader.integer(UInt32.self),
            let offset = reader.integer(UInt32.self),
            let commentLength = reader.integer(UInt16.self), Int(commentLength) == reader.remaining
        else { return nil }

        if let wide = Self.wideRecord(in: bytes, endOffset: endOffset) {
            self.init(offset: wide.offset, byteCount: wide.size, entryCount: wide.entries, limit: endOffset)
        } else {
            self.init(offset: UInt64(offset), byteCount: UInt64(size), entryCount: UInt64(entries), limit: endOffset)
        }
    }

    private init?(offset: UInt64, byteCount: UInt64, entryCount: UInt64, limit: Int) {
        guard
            let start = Int(exactly: offset), let size = Int(exactly: byteCount), let count = Int(exactly: entryCount),
            let end = CheckedArithmetic.sum(start, size), end <= limit,
            count <= size  // an entry has more than one byte, so a huge count can't make a long loop
        else { return nil }
        range = start..<end
        self.entryCount = count
    }

    private static func wideRecord(
        in bytes: UnsafeRawBufferPointer, endOffset: Int
    ) -> (entries: UInt64, size: UInt64, offset: UInt64)? {
        guard endOffset >= wideLocatorByteCount else { return nil }
        var locator = ByteReader(bytes, at: endOffset - wideLocatorByteCount)
        guard
            locator.integer(UInt32.self) == wideLocatorSignature,
            locator.integer(UInt32.self) != nil,  // disk
            let recordOffset = locator.integer(UInt64.self).flatMap({ Int(exactly: $0) }),
            recordOffset < bytes.count
        else { return nil }
        var record = ByteReader(bytes, at: recordOffset)
        guard
            record.integer(UInt32.self) == wideEndSignature,
            record.slice(20) != nil,  // record size, versions, disks
            let entriesHere = record.integer(UInt64.self),
            let entries = record.integer(UInt64.self), entries == entriesHere,
            let size = record.integer(UInt64.self),
            let offset = record.integer(UInt64.self)
        else { return nil }
        return (entries, size, offset)
    }
}
