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
        descriptor = try SystemCalls.retrying("mkstemp", folder) { mkstemp(&template) }
        self.folder = folder
        unlink(template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Writes all bytes at a position.
    /// - Throws: ``SystemError``, such as for a full disk.
    public func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
                return pwrite(descriptor, rest.baseAddress, rest.count, Int(offset) + done)
            }
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
