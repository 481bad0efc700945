#if canImport(Glibc)
import Glibc
#endif

/// The one place that calls into libc for files: every call retries on `EINTR` and turns `errno` into a ``SystemError``.
public enum SystemCalls {
    /// Opens a file for reading. The descriptor is closed on `exec`.
    ///
    /// Never waits: a named pipe without a writer opens at once (`O_NONBLOCK`, which means nothing for regular files),
    /// so that the caller can look at what it got. A path with a NUL inside is refused: C would see only its beginning.
    /// - Throws: ``SystemError``.
    public static func openReadOnly(_ path: String) throws(SystemError) -> Int32 {
        guard !path.utf8.contains(0) else { throw SystemError(call: "open", errorNumber: EINVAL, path: path) }
        return try retrying("open", path) { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
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
        return FileStatus(status)
    }

    /// Reads at a position, without moving the descriptor's own. Fewer bytes than asked for means the end of the file.
    /// - Throws: ``SystemError``.
    public static func read(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int64, path: String
    ) throws(SystemError) -> Int {
        var count = 0
        while count < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let result = pread(descriptor, rest.baseAddress, rest.count, Int(offset) + count)
            if result > 0 {
                count += result
            } else if result == 0 {
                break
            } else if errno != EINTR {
                throw SystemError(call: "pread", errorNumber: errno, path: path)
            }
        }
        return count
    }

    /// The path with every symbolic link, `.` and `..` resolved.
    /// - Throws: ``SystemError`` when the file does not exist or can't be reached.
    public static func realPath(_ path: String) throws(SystemError) -> String {
        guard !path.utf8.contains(0) else { throw SystemError(call: "realpath", errorNumber: EINVAL, path: path) }
        guard let resolved = realpath(path, nil) else {
            throw SystemError(call: "realpath", errorNumber: errno, path: path)
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether a descriptor is a terminal.
    public static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal behind a descriptor; `nil` where there is none.
    public static func terminalWidth(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

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
