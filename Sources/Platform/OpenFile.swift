/// An open file for reading; closed when the value's life ends.
public struct OpenFile: ~Copyable, Sendable {
    /// The path it was opened by, for messages.
    public let path: String
    /// What it was when it was opened: see ``FileStatus/isRegularFile`` before reading.
    public let status: FileStatus

    private let descriptor: Int32

    /// Opens a file without waiting, whatever its kind.
    /// - Throws: ``SystemError``.
    public init(path: String) throws(SystemError) {
        let descriptor = try SystemCalls.openReadOnly(path)
        do throws(SystemError) {
            status = try SystemCalls.status(of: descriptor, path: path)
        } catch {
            SystemCalls.close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
    }

    /// Fills the buffer from a position. Fewer bytes than asked for means the end of the file.
    /// - Throws: ``SystemError``.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        try SystemCalls.read(descriptor, into: buffer, at: offset, path: path)
    }

    /// At most `count` bytes from a position; fewer at the end of the file.
    /// - Throws: ``SystemError``.
    public func bytes(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemError) in try read(into: buffer, at: offset) }
        }
        bytes.removeSubrange(try got.get()...)
        return bytes
    }

    deinit { SystemCalls.close(descriptor) }
}
