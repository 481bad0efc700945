/// A mapped file with shared ownership: tensors that point into it keep it alive.
public final class MappedFile: Sendable {
    /// The path it was opened by, for messages.
    public let path: String

    private let mapping: MemoryMapping

    /// Maps a regular file read-only.
    /// - Throws: ``SystemError``.
    public init(path: String) throws(SystemError) {
        self.path = path
        mapping = try MemoryMapping(path: path)
    }

    /// Size in bytes.
    public var byteCount: Int { mapping.bytes.count }

    /// Lets the system take back the memory of what was read: it comes from the file again when it is needed.
    public func forget() { mapping.forget() }

    /// The mapped bytes. They stay valid for as long as this object is referenced: whoever stores the pointer stores
    /// the object beside it.
    public var bytes: UnsafeRawBufferPointer { mapping.bytes }
}
