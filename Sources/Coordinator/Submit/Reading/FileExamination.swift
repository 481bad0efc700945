import Audio
import AudioStore
import Jobs
import Platform

/// What a submit looks at in the files it is to send.
struct FileExamination {
    /// Why a file can't be sent.
    struct Failure: Error {
        let message: String
    }

    /// Whether jobs name the SHA-256 of their files.
    var makesChecksums = false
    /// Whether the files' headers are read for their lengths.
    var readsLengths = false
    var cancellation: CancellationFlag

    /// - Throws: ``Failure`` when there is no regular file at a path.
    func check(_ path: String) throws(Failure) {
        let status: FileStatus
        do throws(SystemError) {
            status = try SystemCalls.status(path: path)
        } catch {
            throw Failure(message: error.isNotFound ? "there is no file '\(path)'" : "can't be looked at: \(error)")
        }
        guard !status.isFolder else { throw Failure(message: "'\(path)' is a folder; expected a file") }
        guard status.isRegularFile else { throw Failure(message: "'\(path)' is no ordinary file") }
    }

    /// The URI of a local file.
    func uri(of path: String) throws(Failure) -> String {
        do throws(AudioStoreError) {
            return try FileURI.make(path: path)
        } catch {
            throw Failure(message: error.message)
        }
    }

    /// The path of a `file:` URI; `nil` for others. Nothing need be there: only the workers have to see it.
    /// - Throws: ``Failure`` for a malformed one.
    func path(of uri: String) throws(Failure) -> String? {
        guard uri.prefix(5).lowercased() == "file:" else { return nil }
        do throws(AudioStoreError) {
            return try FileURI.path(of: uri)
        } catch {
            throw Failure(message: error.message)
        }
    }

    /// The SHA-256 of a file, where checksums are asked for.
    /// - Throws: ``Failure`` for what can't be read here, or `CancellationError`.
    func sha256(path: String?) throws -> String? {
        guard makesChecksums else { return nil }
        guard let path else {
            throw Failure(message: "sha256: only of local files can it be computed; give it in a manifest")
        }
        do {
            let file = try OpenFile(path: path)
            return try ContentDigest.sha256 { offset, count in
                try cancellation.check()
                return try file.bytes(at: offset, count: count)
            }
        } catch let error as SystemError {
            throw Failure(message: "sha256: \(error)")
        }
    }

    /// What a file's headers say of its length.
    /// - Throws: `AudioError` or `CancellationError`.
    func length(path: String) throws -> Double? {
        try cancellation.check()
        return try AudioProbe(path: path).duration
    }
}
