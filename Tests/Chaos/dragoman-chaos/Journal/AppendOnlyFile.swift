import Platform

#if canImport(Glibc)
import Glibc
#endif

/// A file that several processes add to. Each write is one line and one system call, so that lines stay whole and are
/// there although the process dies right after.
final class AppendOnlyFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file, and makes it where it is missing.
    /// - Throws: `SystemError`.
    init(path: String) throws(SystemError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError(call: "open", errorNumber: errno, path: path) }
        self.descriptor = descriptor
        self.path = path
    }

    deinit { SystemCalls.close(descriptor) }

    /// Adds one line; `line` must not contain a line break.
    /// - Throws: `SystemError`.
    func append(_ line: some Sequence<UInt8>) throws(SystemError) {
        try SystemCalls.write(Array(line) + [UInt8(ascii: "\n")], to: descriptor, path: path)
    }
}
