import Platform

/// The bytes of a file of a checkpoint, wherever they lie: in a file of its own, or in a packed one.
public struct FileContents: Sendable {
    /// How messages call it.
    public let path: String
    /// The bytes; valid for as long as this value, or a copy of it, lives.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: owner.bytes[range]) }

    private let owner: MappedFile
    private let range: Range<Int>

    init(_ file: MappedFile) {
        self.init(path: file.path, owner: file, range: 0..<file.byteCount)
    }

    /// - Parameter range: must lie inside the file.
    init(path: String, owner: MappedFile, range: Range<Int>) {
        self.path = path
        self.owner = owner
        self.range = range
    }

    /// Takes the bytes in pieces without keeping them in memory.
    func sweep<Failure: Error>(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
        try owner.sweep(range, body)
    }

    /// The last component of the path.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
