#if canImport(Glibc)
import Glibc
#endif

/// The one place that calls into libc for files: every call retries on `EINTR` and turns `errno` into a ``SystemError``.
public enum SystemCalls {
    /// Opens a file for reading. The descriptor is closed on `exec`.
    /// - Throws: ``SystemError``.
    public static func openReadOnly(_ path: String) throws(SystemError) -> Int32 {
        try retrying("open", path) { open(path, O_RDONLY | O_CLOEXEC) }
    }

    /// Closes a descriptor. Errors are ignored: nothing was written through it.
    public static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #endif
    }

    /// Size in bytes and kind of an open file.
    /// - Throws: ``SystemError``.
    public static func status(of descriptor: Int32, path: String) throws(SystemError) -> FileStatus {
        var status = stat()
        _ = try retrying("fstat", path) { fstat(descriptor, &status) }
        return FileStatus(byteCount: Int(status.st_size), isRegularFile: status.st_mode & S_IFMT == S_IFREG)
    }

    /// The path with every symbolic link, `.` and `..` resolved.
    /// - Throws: ``SystemError`` when the file does not exist or can't be reached.
    public static func realPath(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else {
            throw SystemError(call: "realpath", errorNumber: errno, path: path)
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether a descriptor is a terminal.
    public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    static func retrying(
        _ call: String, _ path: String?, _ body: () -> Int32
    ) throws(SystemError) -> Int32 {
        while true {
            let result = body()
            if result != -1 { return result }
            let errorNumber = errno
            if errorNumber != EINTR { throw SystemError(call: call, errorNumber: errorNumber, path: path) }
        }
    }
}
