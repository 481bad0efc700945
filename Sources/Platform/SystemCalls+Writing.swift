#if canImport(Glibc)
import Glibc
#endif

extension SystemCalls {
    /// Writes all of the bytes.
    /// - Throws: ``SystemError``.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, path: String? = nil) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
                return Glibc.write(descriptor, rest.baseAddress, rest.count)
            }
            if result >= 0 {
                written += result
            } else if errno != EINTR {
                throw SystemError(call: "write", errorNumber: errno, path: path)
            }
        }
    }

    /// Opens a file for writing what is there already, such as a device or a pipe.
    /// - Throws: ``SystemError``.
    static func openWriteOnly(_ path: String) throws(SystemError) -> Int32 {
        guard !path.utf8.contains(0) else { throw SystemError(call: "open", errorNumber: EINVAL, path: path) }
        return try retrying("open", path) { open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY) }
    }

    /// Makes a file that must not be there yet, for writing.
    /// - Throws: ``SystemError``.
    static func createNew(_ path: String) throws(SystemError) -> Int32 {
        guard !path.utf8.contains(0) else { throw SystemError(call: "open", errorNumber: EINVAL, path: path) }
        return try retrying("open", path) { open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
    }

    /// Returns when a file's contents are on the disk.
    /// - Throws: ``SystemError``.
    static func synchronize(_ descriptor: Int32, path: String) throws(SystemError) {
        _ = try retrying("fsync", path) { fsync(descriptor) }
    }

    /// Gives a file another name, in place of what has that name.
    /// - Throws: ``SystemError``.
    static func rename(_ path: String, to newPath: String) throws(SystemError) {
        _ = try retrying("rename", newPath) { Glibc.rename(path, newPath) }
    }

    /// Removes a file's name. Errors are ignored.
    static func unlink(_ path: String) {
        _ = Glibc.unlink(path)
    }
}
