#if canImport(Glibc)
import Glibc
#endif

extension SystemCalls {
    /// Writes all of the bytes.
    /// - Throws: ``SystemError``.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, path: String? = nil) throws(SystemError) {
        // The closure would forget the error's type.
        let outcome = bytes.withUnsafeBytes { buffer in
            Result { () throws(SystemError) in try write(buffer, to: descriptor, path: path) }
        }
        try outcome.get()
    }

    /// Writes all of the bytes.
    /// - Parameter offset: where in the file, without moving the descriptor's own position; `nil` for there.
    /// - Throws: ``SystemError``.
    static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int64? = nil, path: String?
    ) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let result =
                if let offset {
                    pwrite(descriptor, rest.baseAddress, rest.count, Int(offset) + written)
                } else {
                    Glibc.write(descriptor, rest.baseAddress, rest.count)
                }
            if result >= 0 {
                written += result
            } else if errno != EINTR {
                throw SystemError(call: offset == nil ? "write" : "pwrite", errorNumber: errno, path: path)
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
