import AudioStore
import Foundation
import Platform
import Synchronization

/// Where recordings go that are sent to the page: a folder that workers have under their audio roots.
public struct UploadFolder: Sendable {
    /// Most bytes of a recording.
    static let sizeLimit = 200_000_000

    private let path: String

    /// - Parameter uri: `file:///folder/`, as the workers see it, too.
    /// - Throws: ``GatewayError`` (configuration) for anything but a folder that can be written.
    public init(uri: String) throws(GatewayError) {
        do {
            var path = try FileURI.path(of: uri)
            while path.count > 1, path.hasSuffix("/") { path.removeLast() }
            self.path = path
        } catch {
            throw GatewayError(
                .configuration, "http.uploads '\(uri)': expected a folder such as file:///uploads/: \(error)",
                cause: error)
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            FileManager.default.isWritableFile(atPath: path)
        else {
            throw GatewayError(.configuration, "http.uploads '\(uri)': there is no folder that can be written")
        }
    }

    /// Begins a file. Until it is complete it lies beside its name, and goes if it never is.
    func begin(_ name: String) async throws -> UploadedFile {
        let path = "\(path)/\(name)"
        return try await BlockingCall.run { _ in try UploadedFile(path: path) }
    }
}

/// A recording on its way into the folder.
final class UploadedFile: Sendable {
    let uri: String
    private let path: String
    private let file: Mutex<AtomicFile>

    init(path: String) throws {
        self.path = path
        uri = try FileURI.make(path: path)
        file = Mutex(try AtomicFile(path: path))
    }

    func write(_ bytes: [UInt8]) async throws {
        try await BlockingCall.run { [self] _ in try file.withLock { try $0.write(bytes) } }
    }

    func commit() async throws {
        try await BlockingCall.run { [self] _ in try file.withLock { try $0.commit() } }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
