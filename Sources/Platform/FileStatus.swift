/// What `fstat` says of an open file.
public struct FileStatus: Sendable, Hashable {
    /// Size in bytes.
    public let byteCount: Int
    /// Whether it is a regular file, not a folder, pipe or device.
    public let isRegularFile: Bool
}
