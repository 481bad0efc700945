import Platform

/// The directory of a ZIP archive whose entries are stored without compression, as PyTorch writes them, with or
/// without ZIP64 (APPNOTE 6.3.10, §4.3). The archive is untrusted: every extent handed out lies inside the file.
///
/// Sizes and offsets come from the central directory, since PyTorch's local headers carry zeros and data descriptors;
/// only the lengths of name and extra field, which say where the data starts, are read from the local header.
struct ZipArchive {
    private struct Failure: Error {
        let reason: String
    }

    private static let localHeaderSignature: UInt32 = 0x0403_4B50
    private static let directoryEntrySignature: UInt32 = 0x0201_4B50

    /// Each entry's bytes as a range of file offsets, by entry name.
    let entries: [String: Range<Int>]

    /// Reads the central directory of an archive.
    init(_ bytes: UnsafeRawBufferPointer, path: String) throws(CheckpointError) {
        do throws(Failure) {
            entries = try Self.entries(bytes)
        } catch {
            throw CheckpointError(.malformedFile, "\(path): \(error.reason)")
        }
    }

    private static func entries(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> [String: Range<Int>] {
        guard let directory = ZipDirectoryLocation(in: bytes) else {
            throw Failure(reason: "no ZIP directory at the end of the file: is it cut short, or not a PyTorch archive?")
        }
        var entries: [String: Range<Int>] = [:]
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[directory.range]))
        for index in 0..<directory.entryCount {
            guard let entry = ZipDirectoryEntry(&reader, signature: directoryEntrySignature) else {
                throw Failure(reason: "the ZIP directory's entry \(index) of \(directory.entryCount) is not valid")
            }
            guard !entry.isEncrypted, entry.isStored else {
                throw Failure(
                    reason: "the entry \"\(entry.name)\" is compressed or encrypted; PyTorch stores entries as they are"
                )
            }
            guard let start = dataOffset(of: entry, in: bytes),
                let end = CheckedArithmetic.sum(start, entry.byteCount), end <= directory.range.lowerBound
            else {
                throw Failure(
                    reason:
                        "the entry \"\(entry.name)\" (\(entry.byteCount) bytes at \(entry.headerOffset)) does not lie "
                        + "before the ZIP directory at \(directory.range.lowerBound)")
            }
            guard entries.updateValue(start..<end, forKey: entry.name) == nil else {
                throw Failure(reason: "the entry \"\(entry.name)\" occurs twice")
            }
        }
        guard reader.remaining == 0 else {
            throw Failure(reason: "the ZIP directory is longer than its \(directory.entryCount) entries")
        }
        try checkDisjoint(entries)
        return entries
    }

    private static func dataOffset(of entry: ZipDirectoryEntry, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard 0..<bytes.count ~= entry.headerOffset else { return nil }
        var reader = ByteReader(bytes, at: entry.headerOffset)
        guard
            reader.integer(UInt32.self) == localHeaderSignature,
            reader.slice(22) != nil,
            let nameLength = reader.integer(UInt16.self),
            let extraLength = reader.integer(UInt16.self),
            reader.slice(Int(nameLength) + Int(extraLength)) != nil
        else { return nil }
        return reader.offset
    }

    private static func checkDisjoint(_ entries: [String: Range<Int>]) throws(Failure) {
        var end = 0
        for (name, range) in entries.sorted(by: { $0.value.lowerBound < $1.value.lowerBound }) where !range.isEmpty {
            guard range.lowerBound >= end else { throw Failure(reason: "the entry \"\(name)\" overlaps another") }
            end = range.upperBound
        }
    }
}
