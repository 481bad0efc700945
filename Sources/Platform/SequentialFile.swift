#if canImport(Glibc)
import Glibc
#endif

/// A file, pipe or terminal that is read from beginning to end. A file that was opened is closed when the value's life
/// ends.
public struct SequentialFile: ~Copyable, Sendable {
    /// The path it was opened by, or another name of it for messages.
    public let path: String

    private let descriptor: Int32
    private let isOwned: Bool

    /// Opens what lies at a path; that may be a pipe.
    /// - Throws: ``SystemError``.
    public init(path: String) throws(SystemError) {
        descriptor = try SystemCalls.openReadOnly(path)
        self.path = path
        isOwned = true
    }

    private init(descriptor: Int32, name: String) {
        path = name
        self.descriptor = descriptor
        isOwned = false
    }

    /// The process's standard input.
    public static var standardInput: SequentialFile { SequentialFile(descriptor: 0, name: "standard input") }

    /// Waits until there is something to read, or the end.
    /// - Returns: `false` when the time is up first, so that the caller can see whether it still wants to wait.
    /// - Throws: ``SystemError``.
    public func waitUntilReadable(milliseconds: Int32) throws(SystemError) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return try SystemCalls.retrying("poll", path) { poll(&request, 1, milliseconds) } > 0
    }

    /// Reads what is there, at most as much as the buffer holds.
    /// - Returns: The number of bytes; 0 at the end.
    /// - Throws: ``SystemError``.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: _ = try waitUntilReadable(milliseconds: 100)
            default: throw SystemError(call: "read", errorNumber: errno, path: path)
            }
        }
    }

    deinit { if isOwned { SystemCalls.close(descriptor) } }
}
