#if canImport(Glibc)
import Glibc
#endif

/// A file without a name: nobody else sees it, and it is gone with the value or the process, however that ends.
public struct TemporaryFile: ~Copyable, Sendable {
    private let descriptor: Int32
    private let folder: String

    /// Creates an empty file in a folder.
    /// - Throws: ``SystemError``.
    public init(folder: String) throws(SystemError) {
        var template = Array("\(folder)/dragoman-XXXXXX".utf8CString)
        descriptor = try SystemCalls.retrying("mkostemp", folder) { mkostemp(&template, O_CLOEXEC) }
        self.folder = folder
        unlink(template)
    }

    /// Writes all bytes at a position.
    /// - Throws: ``SystemError``, such as for a full disk.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, Int(offset) + done)
            if count >= 0 {
                done += count
            } else if errno != EINTR {
                throw SystemError(call: "pwrite", errorNumber: errno, path: "a temporary file in \(folder)")
            }
        }
    }

    /// Fills the buffer from a position. Fewer bytes than asked for means the end of the file.
    /// - Throws: ``SystemError``.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        try SystemCalls.read(descriptor, into: buffer, at: offset, path: "a temporary file in \(folder)")
    }

    deinit { SystemCalls.close(descriptor) }
}
