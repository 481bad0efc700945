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
    public func forget() { mapping.forget(0..<byteCount) }

    /// Lets the system take back the memory of a part.
    /// - Parameter range: must lie inside the file.
    public func forget(_ range: Range<Int>) { mapping.forget(range) }

    /// Reads a part from its beginning to its end and lets the system take back what has been read, so that it need not be
    /// in memory at once.
    /// - Parameters:
    ///   - range: must lie inside the file.
    ///   - body: takes the pieces in their order.
    public func sweep<Failure: Error>(
        _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.sweptByteCount) {
            let piece = start..<min(start + Self.sweptByteCount, range.upperBound)
            try body(UnsafeRawBufferPointer(rebasing: bytes[piece]))
            forget(piece)
        }
    }

    private static let sweptByteCount = 16 << 20

    /// The mapped bytes. They stay valid for as long as this object is referenced: whoever stores the pointer stores
    /// the object beside it.
    public var bytes: UnsafeRawBufferPointer { mapping.bytes }
}
