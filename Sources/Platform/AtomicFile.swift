#if canImport(Glibc)
import Glibc
#endif

/// A file that appears under its name when it is complete, or not at all: it is written beside it and then renamed.
///
/// A symbolic link stays, and the file it leads to is replaced. Devices and pipes can't be replaced: they are written to
/// as they are.
public struct AtomicFile: ~Copyable, Sendable {
    private let path: String
    /// Where it is written; `nil` where it can't be replaced.
    private let temporaryPath: String?
    private let descriptor: Int32
    private var isComplete = false

    /// Begins a file.
    /// - Throws: ``SystemError`` when there can't be a file of that name.
    public init(path: String) throws(SystemError) {
        (self.path, temporaryPath, descriptor) = try Self.open(path)
    }

    private static func open(
        _ path: String
    ) throws(SystemError) -> (path: String, temporaryPath: String?, descriptor: Int32) {
        // The temporary name would hide that this one can't be.
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw SystemError(call: "open", errorNumber: EINVAL, path: path)
        }
        var target = path
        if let descriptor = try? SystemCalls.openReadOnly(path) {
            defer { SystemCalls.close(descriptor) }
            guard try SystemCalls.status(of: descriptor, path: path).isRegularFile else {
                return (path, nil, try SystemCalls.openWriteOnly(path))
            }
            target = try SystemCalls.realPath(path)
        }
        let folder = target.lastIndex(of: "/").map { target[...$0] } ?? ""
        let temporaryPath = "\(folder).dragoman-\(String(UInt64.random(in: .min ... .max), radix: 36)).tmp"
        do throws(SystemError) {
            return (target, temporaryPath, try SystemCalls.createNew(temporaryPath))
        } catch {
            throw SystemError(call: error.call, errorNumber: error.errorNumber, path: path)
        }
    }

    /// Adds to the file.
    /// - Throws: ``SystemError``.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        try SystemCalls.write(bytes, to: descriptor, path: path)
    }

    /// Adds to the file.
    /// - Throws: ``SystemError``.
    public func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        try SystemCalls.write(bytes, to: descriptor, path: path)
    }

    /// Writes over what is there already. A device or a pipe has no place to go back to: that is an error.
    /// - Throws: ``SystemError``.
    public func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        let outcome = bytes.withUnsafeBytes { buffer in
            Result { () throws(SystemError) in
                try SystemCalls.write(buffer, to: descriptor, at: offset, path: path)
            }
        }
        try outcome.get()
    }

    /// Gives the file its name.
    /// - Parameter isDurable: whether its contents are to be on the disk before, so that not even the machine's end leaves half of it.
    /// - Throws: ``SystemError``.
    public mutating func commit(isDurable: Bool = true) throws(SystemError) {
        guard let temporaryPath else { return }
        if isDurable { try SystemCalls.synchronize(descriptor, path: path) }
        try SystemCalls.rename(temporaryPath, to: path)
        isComplete = true
    }

    deinit {
        SystemCalls.close(descriptor)
        if let temporaryPath, !isComplete { SystemCalls.unlink(temporaryPath) }
    }
}
