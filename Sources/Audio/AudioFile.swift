import Platform

/// An open audio file, as bytes.
final class AudioFile {
    let path: String
    let byteCount: Int64

    private let file: OpenFile

    /// Opens a regular file that is not empty.
    init(path: String) throws(AudioError) {
        do throws(SystemError) {
            file = try OpenFile(path: path)
        } catch {
            throw AudioError(error, path: path)
        }
        guard file.status.isRegularFile else {
            throw AudioError(code: .notReadable, message: "\(path): not a regular file")
        }
        guard file.status.byteCount > 0 else {
            throw AudioError(code: .corrupt, message: "\(path): the file is empty")
        }
        self.path = path
        byteCount = Int64(file.status.byteCount)
    }

    /// Fills the buffer from a position; fewer bytes at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        try file.read(into: buffer, at: offset)
    }

    /// At most `count` bytes from a position; fewer at the end of the file.
    func header(at offset: Int64, count: Int) throws(AudioError) -> HeaderBytes {
        do throws(SystemError) {
            return HeaderBytes(try file.bytes(at: offset, count: count))
        } catch {
            throw AudioError(error, path: path)
        }
    }
}
