#if canImport(Glibc)
import Glibc
#endif

/// What `stat` says of a file.
public struct FileStatus: Sendable, Hashable {
    /// Tells files apart, whatever paths lead to them.
    public struct Identity: Sendable, Hashable {
        let device: UInt64
        let inode: UInt64
    }

    /// Size in bytes.
    public let byteCount: Int
    /// Whether it is a regular file, not a folder, pipe or device.
    public let isRegularFile: Bool
    /// Whether it is a folder.
    public let isFolder: Bool
    /// The file itself.
    public let identity: Identity
}

extension FileStatus {
    init(_ status: stat) {
        self.init(
            byteCount: Int(status.st_size), isRegularFile: status.st_mode & S_IFMT == S_IFREG,
            isFolder: status.st_mode & S_IFMT == S_IFDIR,
            identity: Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)))
    }
}
