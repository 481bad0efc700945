import Dispatch
import Platform

/// Audio under configured folders of this machine, by `file:` URI.
///
/// URIs come from whoever may write to the jobs topic, so a path is resolved, with its symbolic links and `..`, before
/// it is compared with the roots. Whoever can change folders under a root while a job is read can still redirect it:
/// give the roots to trusted writers only.
public struct FileAudioStore: AudioStore {
    /// The roots, resolved.
    public let roots: [String]

    /// Storage that hangs must not hold a thread of the cooperative pool.
    private let queue = DispatchQueue(label: "dragoman.file-audio-store", attributes: .concurrent)

    /// Creates a store.
    /// - Parameter roots: At least one folder; symbolic links in their paths are resolved now.
    /// - Throws: ``AudioStoreError`` with code `invalidRoot`.
    public init(roots: [String]) throws(AudioStoreError) {
        guard !roots.isEmpty else {
            throw AudioStoreError(code: .invalidRoot, message: "no audio root: name at least one folder")
        }
        var resolved: [String] = []
        for root in roots {
            do throws(SystemError) {
                // "/." makes anything but a folder an error; an empty name must not become "/".
                resolved.append(try SystemCalls.realPath(root.isEmpty ? "" : root + "/."))
            } catch {
                throw AudioStoreError(
                    code: .invalidRoot, message: "audio root '\(root)' is not a folder that can be read: \(error)",
                    cause: error)
            }
        }
        self.roots = resolved
    }

    /// Finds the file that a `file:` URI names.
    /// - Throws: ``AudioStoreError``; retriable only for faults of the storage.
    public func fetch(_ uri: String) async throws(AudioStoreError) -> FetchedAudio {
        let result = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: Result { () throws(AudioStoreError) in try resolve(uri) })
            }
        }
        return try result.get()
    }

    /// The file that a URI names, if it may be read. Blocks its thread on the storage.
    func resolve(_ uri: String) throws(AudioStoreError) -> FetchedAudio {
        let path = try FileURI.path(of: uri)
        let resolved: String
        do throws(SystemError) {
            resolved = try SystemCalls.realPath(path)
        } catch {
            // Outside the roots, not even whether a file exists is told.
            guard contains(Self.nearestFolder(above: path)) else { throw outside(uri) }
            throw Self.error(error, uri)
        }
        guard contains(resolved) else { throw outside(uri) }
        let isRegularFile: Bool
        do throws(SystemError) {
            isRegularFile = try OpenFile(path: resolved).status.isRegularFile
        } catch {
            throw Self.error(error, uri)
        }
        guard isRegularFile else {
            throw AudioStoreError(code: .notReadable, message: "'\(uri)' is not a regular file")
        }
        return FetchedAudio(path: resolved)
    }

    /// Whether a resolved path is a root or lies under one: component by component, so that `/data-old` is not under
    /// `/data`; and byte by byte, since equal text may be different file names.
    private func contains(_ path: String) -> Bool {
        roots.contains { root in
            guard path.utf8.starts(with: root.utf8) else { return false }
            let rest = path.utf8.dropFirst(root.utf8.count)
            return root == "/" || rest.isEmpty || rest.first == UInt8(ascii: "/")
        }
    }

    private func outside(_ uri: String) -> AudioStoreError {
        AudioStoreError(
            code: .outsideRoots,
            message: "'\(uri)' is outside the audio roots \(roots.map { "'\($0)'" }.joined(separator: ", "))")
    }

    private static func error(_ error: SystemError, _ uri: String) -> AudioStoreError {
        AudioStoreError(
            code: error.isNotFound ? .notFound : .notReadable, message: "can't read '\(uri)': \(error)", cause: error)
    }

    /// The first of the path's parents that can be resolved, resolved.
    private static func nearestFolder(above path: String) -> String {
        var components = path.split(separator: "/")
        while !components.isEmpty {
            components.removeLast()
            if let folder = try? SystemCalls.realPath("/" + components.joined(separator: "/")) { return folder }
        }
        return "/"
    }
}
