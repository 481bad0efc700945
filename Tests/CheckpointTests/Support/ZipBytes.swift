/// Builds ZIP archives of stored entries as PyTorch writes them: data descriptors, zeros in the local headers and, on
/// demand, everything in ZIP64 form.
struct ZipBytes {
    struct Entry {
        var name: String
        var data: [UInt8]
        var method: UInt16 = 0
        var flags: UInt16 = 0x0808
        var sizeClaim: UInt64?
        var offsetClaim: UInt64?
    }

    var entries: [Entry]
    var isWide = false
    /// Length of the padding field in each local header.
    var padding = 5
    var entryCountClaim: UInt64?

    init(_ entries: [(String, [UInt8])], isWide: Bool = false) {
        self.entries = entries.map { Entry(name: $0.0, data: $0.1) }
        self.isWide = isWide
    }

    var bytes: [UInt8] {
        var output: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = entry.offsetClaim ?? UInt64(output.count)
            let size = entry.sizeClaim ?? UInt64(entry.data.count)
            output += little(UInt32(0x0403_4B50), UInt16(0), entry.flags, entry.method, UInt32(0), UInt32(0))
            output += little(UInt32(0), UInt32(0), UInt16(entry.name.utf8.count), UInt16(padding))
            output += Array(entry.name.utf8) + [UInt8](repeating: 0x5A, count: padding) + entry.data
            output += little(UInt32(0x0807_4B50), UInt32(0), UInt32(entry.data.count), UInt32(entry.data.count))

            let extra = isWide ? little(UInt16(0x4246), UInt16(0), UInt16(1), UInt16(24), size, size, offset) : []
            directory += little(
                UInt32(0x0201_4B50), UInt16(0), UInt16(0), entry.flags, entry.method, UInt32(0), UInt32(0))
            let narrow =
                isWide ? [UInt32.max, .max, .max] : [size, size, offset].map { UInt32(truncatingIfNeeded: $0) }
            directory += little(narrow[0], narrow[1], UInt16(entry.name.utf8.count), UInt16(extra.count), UInt16(0))
            directory += little(UInt64(0), narrow[2]) + Array(entry.name.utf8) + extra
        }
        let start = UInt64(output.count)
        let count = entryCountClaim ?? UInt64(entries.count)
        output += directory
        if isWide {
            let record = UInt64(output.count)
            output += little(UInt32(0x0606_4B50), UInt64(44), UInt32(0), UInt64(0), count, count)
            output += little(UInt64(directory.count), start)
            output += little(UInt32(0x0706_4B50), UInt32(0), record, UInt32(1))
        }
        output += little(UInt32(0x0605_4B50), UInt32(0))
        let narrowCount = isWide ? UInt16.max : UInt16(truncatingIfNeeded: count)
        output += little(narrowCount, narrowCount, isWide ? UInt32.max : UInt32(directory.count))
        return output + little(isWide ? UInt32.max : UInt32(start), UInt16(0))
    }

    private func little(_ values: any FixedWidthInteger...) -> [UInt8] {
        func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: value.littleEndian, Array.init)
        }
        return values.flatMap { bytes($0) }
    }
}
