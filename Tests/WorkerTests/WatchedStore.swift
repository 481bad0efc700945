import AudioStore
import Synchronization

/// A store that tells what is fetched, and may hold it up.
final class WatchedStore: AudioStore {
    let uris = Mutex<[String]>([])
    /// A URI for each fetch that begins.
    let began: AsyncStream<String>
    private let begin: AsyncStream<String>.Continuation
    private let store: any AudioStore
    private let hold: @Sendable (String) async throws -> Void

    init(_ store: any AudioStore, hold: @escaping @Sendable (String) async throws -> Void = { _ in }) {
        self.store = store
        self.hold = hold
        (began, begin) = AsyncStream<String>.makeStream()
    }

    func fetch(_ uri: String) async throws -> FetchedAudio {
        uris.withLock { $0.append(uri) }
        begin.yield(uri)
        try await hold(uri)
        return try await store.fetch(uri)
    }
}
