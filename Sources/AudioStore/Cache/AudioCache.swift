import Foundation
import Platform

/// Fetched audio in a folder that all workers of a machine share.
///
/// For each URI there is a lock, which one process at a time holds while it looks, asks and fetches: who comes second
/// waits, and finds what the first has fetched; if the first dies, the second goes on. An object is written under another
/// name and renamed when it is complete. It is held by a shared lock while it is read, and what is not held may be removed,
/// the least recently used first, when the folder holds more than it may.
///
///     ID.lock   lock of a URI; ID is the SHA-256 of the URI
///     ID.tag    the storage's name for the version that is there
///     ID-V      its contents; V is the beginning of the SHA-256 of the tag
///     X.part    what is being written; its writer holds a lock on it
public final class AudioCache: Sendable {
    /// The folder.
    public let folder: String
    private let room: CacheRoom
    private static let pollInterval: TimeInterval = 0.05

    /// Opens a cache, and removes what dead processes have left.
    /// - Parameters:
    ///   - folder: made where there is none; nothing else should be in it.
    ///   - limit: in bytes; what is in use is kept even beyond it, and each of the processes that share the folder may add a
    ///     twentieth before it counts again.
    /// - Throws: ``AudioStoreError`` (configuration) for a folder that can't be used.
    public init(folder: String, limit: Int64) throws(AudioStoreError) {
        self.folder = folder
        room = CacheRoom(folder: folder, limit: limit)
        do throws(SystemError) {
            try SystemCalls.makeFolder(folder)
            // Whether it can be written.
            let probe = try LockedFile(path: "\(folder)/.use", creation: .ifMissing)
            _ = try probe.lock(isShared: true)
        } catch {
            throw AudioStoreError(
                code: .configuration, message: "the folder for audio '\(folder)' can't be used: \(error)", cause: error)
        }
        room.trim()
    }

    /// The contents of a URI, fetched unless they are there in the version the storage has.
    /// - Parameter fetch: fetches into a file, unless the version of that tag is still the storage's: then it returns
    ///   `nil`. May be called twice.
    /// - Throws: what `fetch` throws; `SystemError`; `CancellationError`.
    func contents(
        of uri: String, cancellation: CancellationFlag,
        _ fetch: (_ file: LockedFile, _ known: String?) throws -> Download.Contents?
    ) throws -> FetchedAudio {
        let id = Self.hash(uri)
        let lock = try lock(id, cancellation)
        return try withExtendedLifetime(lock) {
            let known = try entry(id)
            if let fetched = try fetchNew(id, known, fetch) { return fetched }
            if let known { return held(known.file) }
            // It was there, and was removed when the storage said that it has not changed.
            guard let fetched = try fetchNew(id, nil, fetch) else {
                throw AudioStoreError(
                    code: .unavailable, message: "the storage names a version that was not asked about")
            }
            return fetched
        }
    }

    // MARK: - Entries

    private struct Entry {
        let tag: String
        let file: LockedFile
    }

    /// What is there, held so that nobody removes it.
    private func entry(_ id: String) throws -> Entry? {
        guard let text = FileManager.default.contents(atPath: "\(folder)/\(id).tag") else { return nil }
        let parts = String(decoding: text, as: UTF8.self).split(separator: "\n", maxSplits: 1)
        guard parts.count == 2, let size = Int(parts[0]) else { return nil }
        let tag = String(parts[1])
        guard let file = try? LockedFile(path: contentsPath(id, tag), creation: .never) else { return nil }
        // Nobody else writes it, but somebody may have been about to remove it.
        guard try file.lock(isShared: true), file.isInPlace, try file.status.byteCount == size else { return nil }
        return Entry(tag: tag, file: file)
    }

    private func fetchNew(
        _ id: String, _ known: Entry?, _ fetch: (LockedFile, String?) throws -> Download.Contents?
    ) throws -> FetchedAudio? {
        do {
            return try fetchOnce(id, known, fetch)
        } catch let error as SystemError where error.isExhaustion {
            // Perhaps it is what lies here that fills the disk.
            room.empty()
            return try fetchOnce(id, known, fetch)
        }
    }

    private func fetchOnce(
        _ id: String, _ known: Entry?, _ fetch: (LockedFile, String?) throws -> Download.Contents?
    ) throws -> FetchedAudio? {
        let part = try makePart()
        do {
            guard let contents = try fetch(part, known?.tag) else {
                part.unlink()
                return nil
            }
            guard let tag = contents.eTag, !tag.isEmpty, contents.size <= room.limit else {
                // Nobody could tell whether it is still the same, or it would be removed at once.
                part.unlink()
                return held(part)
            }
            try write(Array("\(contents.size)\n\(tag)".utf8), to: "\(id).tag")
            try part.rename(to: contentsPath(id, tag))
            // A lock is let go before it is shared: somebody may remove the name in between, and what is open stays.
            _ = try part.lock(isShared: true)
            room.take(contents.size)
            return held(part)
        } catch {
            part.unlink()
            throw error
        }
    }

    private func held(_ file: LockedFile) -> FetchedAudio {
        file.touch()
        return FetchedAudio(path: file.descriptorPath, keeping: file)
    }

    /// A new file to write, locked by this process.
    private func makePart() throws -> LockedFile {
        while true {
            let part = try LockedFile(path: "\(folder)/\(UUID().uuidString).part", creation: .always)
            // Until it is locked it looks like one that a dead process has left, and somebody may be removing it.
            if try part.lock(), part.isInPlace { return part }
        }
    }

    private func contentsPath(_ id: String, _ tag: String) -> String { "\(folder)/\(id)-\(Self.hash(tag).prefix(16))" }

    private func write(_ bytes: [UInt8], to name: String) throws {
        let part = try makePart()
        let outcome = bytes.withUnsafeBytes { buffer in
            Result { () throws(SystemError) in try part.write(buffer, at: 0) }
        }
        do throws(SystemError) {
            try outcome.get()
            try part.rename(to: "\(folder)/\(name)")
        } catch {
            part.unlink()
            throw error
        }
    }

    private func lock(_ id: String, _ cancellation: CancellationFlag) throws -> LockedFile {
        while true {
            let file = try LockedFile(path: "\(folder)/\(id).lock", creation: .ifMissing)
            while try !file.lock() {
                try cancellation.check()
                Thread.sleep(forTimeInterval: Self.pollInterval)
            }
            file.touch()
            // It may have been removed as an old one in between.
            if file.isInPlace { return file }
        }
    }

    private static func hash(_ text: String) -> String { ContentHash.sha256(text.utf8) }
}
