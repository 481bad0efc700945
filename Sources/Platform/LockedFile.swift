/// A file that is open for reading and writing and can be locked against other processes, and against other openings in
/// this one. Its lock goes when it is closed, however the process ends.
///
/// `@unchecked`: the descriptor is written once, and the system's calls are safe from any thread.
public final class LockedFile: @unchecked Sendable {
    /// Whether opening makes the file.
    public enum Creation: Sendable {
        /// It has to be there.
        case never
        /// Where there is none.
        case ifMissing
        /// It must not be there yet.
        case always
    }

    /// The path it was opened by.
    public let path: String
    private let descriptor: Int32

    /// Opens a file, readable by its owner alone.
    /// - Throws: ``SystemError``.
    public init(path: String, creation: Creation) throws(SystemError) {
        self.path = path
        descriptor = try SystemCalls.openReadWrite(path, creation)
    }

    deinit { SystemCalls.close(descriptor) }

    /// Locks it, if that can be done at once.
    /// - Parameter isShared: whether others may hold it in the same way.
    /// - Returns: Whether it is locked.
    /// - Throws: ``SystemError``.
    public func lock(isShared: Bool = false) throws(SystemError) -> Bool {
        try SystemCalls.lock(descriptor, isShared: isShared, path: path)
    }

    /// A path that leads to it as long as it is open, whatever becomes of its name.
    public var descriptorPath: String { "/proc/self/fd/\(descriptor)" }

    /// What it is by now.
    public var status: FileStatus {
        get throws(SystemError) { try SystemCalls.status(of: descriptor, path: path) }
    }

    /// Whether its name still leads to it: another process may have removed it, or put another one in its place.
    public var isInPlace: Bool {
        guard let open = try? status, let named = try? SystemCalls.status(path: path) else { return false }
        return open.identity == named.identity
    }

    /// Writes all of the bytes at a position.
    /// - Throws: ``SystemError``.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(SystemError) {
        try SystemCalls.write(bytes, to: descriptor, at: offset, path: path)
    }

    /// Makes it shorter, or longer by zeros.
    /// - Throws: ``SystemError``.
    public func truncate(to size: Int64) throws(SystemError) {
        try SystemCalls.truncate(descriptor, to: size, path: path)
    }

    /// Notes that it was used now.
    public func touch() { SystemCalls.touch(descriptor) }

    /// Gives it another name, in place of what has that name.
    /// - Throws: ``SystemError``.
    public func rename(to newPath: String) throws(SystemError) { try SystemCalls.rename(path, to: newPath) }

    /// Removes its name; it stays until it is closed.
    public func unlink() { SystemCalls.unlink(path) }
}
