import Foundation

/// A folder of its own for one test, removed when the object dies.
public final class TemporaryDirectory: Sendable {
    /// Absolute path, without a trailing slash.
    public let path: String

    /// Makes the folder under the system's temporary folder.
    public init() throws {
        path = NSTemporaryDirectory() + "dragoman-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Path of a file inside it.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Writes a file inside it and returns its path.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
