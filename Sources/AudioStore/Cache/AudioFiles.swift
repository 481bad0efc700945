import Foundation
import Platform

/// Where fetched audio is put: in a cache that is shared, or in files that go when they are not needed any more.
public enum AudioFiles: Sendable {
    /// A cache.
    case cache(AudioCache)
    /// Files without names in a folder: nothing is left of them, however the process ends.
    case temporary(folder: String)

    /// Files without names in the system's folder for such.
    public static var temporary: AudioFiles { .temporary(folder: NSTemporaryDirectory()) }

    /// The contents of a URI in a file.
    /// - Throws: what `fetch` throws; ``AudioStoreError`` (unavailable) where the files are at fault: another worker, or this one
    ///   later, may be able to do it.
    func contents(
        of uri: String, cancellation: CancellationFlag,
        _ fetch: (_ file: LockedFile, _ known: String?) throws -> Download.Contents?
    ) throws -> FetchedAudio {
        do {
            switch self {
            case .cache(let cache): return try cache.contents(of: uri, cancellation: cancellation, fetch)
            case .temporary(let folder):
                let file = try LockedFile(path: "\(folder)/dragoman-\(UUID().uuidString)", creation: .always)
                file.unlink()
                _ = try fetch(file, nil)
                return FetchedAudio(path: file.descriptorPath, keeping: file)
            }
        } catch let error as SystemError {
            throw AudioStoreError(code: .unavailable, message: "can't keep what was fetched: \(error)", cause: error)
        }
    }
}
