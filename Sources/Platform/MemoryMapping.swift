#if canImport(Glibc)
import Glibc
#endif

/// A whole file, mapped read-only and shared: every process that maps the same file reads the same pages of the page
/// cache. Unmapped when the value's life ends.
///
/// A file that is cut short while it is mapped makes reads past its new end fail with `SIGBUS` (see ``MappingFaults``):
/// weight files are expected to be replaced (`rename`), never overwritten. Whoever has the old one mapped keeps it then.
public struct MemoryMapping: ~Copyable, @unchecked Sendable {
    // @unchecked: the pages are read-only for the whole life of the mapping, so any thread may read them.

    /// The mapped bytes; empty for an empty file. Valid for as long as this value lives.
    public let bytes: UnsafeRawBufferPointer

    /// Where it is among the ``MappedRanges``.
    private let rangeIndex: Int?

    /// Maps a regular file.
    /// - Throws: ``SystemError`` when the file can't be opened, is not a regular file or can't be mapped.
    public init(path: String) throws(SystemError) {
        let descriptor = try SystemCalls.openReadOnly(path)
        defer { SystemCalls.close(descriptor) }
        let status = try SystemCalls.status(of: descriptor, path: path)
        guard status.isRegularFile else { throw SystemError(call: "mmap", errorNumber: EINVAL, path: path) }
        guard status.byteCount > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            rangeIndex = nil
            return
        }
        guard
            let address = mmap(nil, status.byteCount, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED
        else {
            throw SystemError(call: "mmap", errorNumber: errno, path: path)
        }
        // Fewer TLB misses on the sweeps over the weights; a hint that kernels may ignore.
        _ = madvise(address, status.byteCount, MADV_HUGEPAGE)
        bytes = UnsafeRawBufferPointer(start: address, count: status.byteCount)
        rangeIndex = MappedRanges.shared.add(bytes, path: path)
    }

    /// Gives up this process' hold on the pages of a part; they stay in the page cache as long as the system likes.
    /// - Parameter range: must lie inside the file.
    func forget(_ range: Range<Int>) {
        guard !range.isEmpty, let address = bytes.baseAddress else { return }
        let start = range.lowerBound / Self.pageByteCount * Self.pageByteCount
        _ = madvise(UnsafeMutableRawPointer(mutating: address + start), range.upperBound - start, MADV_DONTNEED)
    }

    private static let pageByteCount = sysconf(Int32(_SC_PAGESIZE))

    deinit {
        if let rangeIndex { MappedRanges.shared.remove(rangeIndex) }
        if let address = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: address), bytes.count) }
    }
}
