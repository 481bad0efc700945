#if canImport(Glibc)
import Glibc
#endif

/// A file that grows at its end and that one process at a time may add to. What was written stays whatever happens to the
/// process; a machine that loses power may lose what was written last.
public struct AppendedFile: ~Copyable, Sendable {
    private let path: String
    private let descriptor: Int32

    /// Opens a file, or makes an empty one.
    /// - Throws: ``SystemError``; `EWOULDBLOCK` when somebody else adds to it.
    public init(path: String) throws(SystemError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SystemError(call: "open", errorNumber: EINVAL, path: path)
        }
        let descriptor = try SystemCalls.retrying("open", path) {
            open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError(call: "flock", errorNumber: errno, path: path)
            SystemCalls.close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
    }

    /// Adds to the file.
    /// - Throws: ``SystemError``.
    public func append(_ bytes: [UInt8]) throws(SystemError) {
        try SystemCalls.write(bytes, to: descriptor, path: path)
    }

    /// Drops what is behind so many bytes.
    /// - Throws: ``SystemError``.
    public func truncate(to byteCount: Int) throws(SystemError) {
        _ = try SystemCalls.retrying("ftruncate", path) { ftruncate(descriptor, byteCount) }
    }

    deinit { SystemCalls.close(descriptor) }
}
