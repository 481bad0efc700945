#if canImport(Glibc)
import Glibc
#endif

/// The system's copy in memory of what files hold.
public enum PageCache {
    /// Asks the system to drop its copy of a file. Pages that a process has mapped and used stay.
    /// - Throws: ``SystemError`` when the file can't be opened.
    public static func forget(path: String) throws(SystemError) {
        let descriptor = try SystemCalls.openReadOnly(path)
        defer { SystemCalls.close(descriptor) }
        // Pages not yet on the disk would stay. Both are attempts: ``residency(path:)`` tells what came of them.
        _ = fdatasync(descriptor)
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// Bytes of a file, and how many of them are in memory.
    /// - Throws: ``SystemError``.
    public static func residency(path: String) throws(SystemError) -> (byteCount: Int, resident: Int) {
        let mapping = try MemoryMapping(path: path)
        guard let start = mapping.bytes.baseAddress else { return (0, 0) }
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        var pages = [UInt8](repeating: 0, count: (mapping.bytes.count + pageSize - 1) / pageSize)
        _ = try SystemCalls.retrying("mincore", path) {
            mincore(UnsafeMutableRawPointer(mutating: start), mapping.bytes.count, &pages)
        }
        let resident = pages.reduce(0) { $0 + Int($1 & 1) } * pageSize
        return (mapping.bytes.count, min(resident, mapping.bytes.count))
    }
}
