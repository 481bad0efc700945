import Kafka
import Logging
import Synchronization

/// Commits offsets in the background, one commit at a time.
final class OffsetCommitter: Sendable {
    private struct State {
        var queue = CommitQueue()
        /// The last that was begun.
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let retries: RetryPolicy
    private let logger: Logger
    private let isOwned: @Sendable (KafkaOffset) -> Bool
    private let commit: @Sendable ([KafkaOffset]) async throws -> Void

    /// Creates a committer.
    /// - Parameters:
    ///   - retries: How long to wait after a commit that failed. It is tried as often as it takes.
    ///   - isOwned: Whether an offset's partition is still owned in its epoch; others are dropped.
    ///   - commit: Commits, and returns when that is done.
    init(
        retries: RetryPolicy, logger: Logger, isOwned: @escaping @Sendable (KafkaOffset) -> Bool,
        commit: @escaping @Sendable ([KafkaOffset]) async throws -> Void
    ) {
        self.retries = retries
        self.logger = logger
        self.isOwned = isOwned
        self.commit = commit
    }

    /// Whether nothing is left to be committed.
    var isIdle: Bool { state.withLock { !$0.queue.isBusy } }

    /// Has an offset committed, and returns at once.
    func add(_ offset: KafkaOffset) {
        state.withLock { state in
            guard state.queue.add(offset) else { return }
            state.task = Task { await self.run() }
        }
    }

    /// Waits until nothing is left to be committed.
    func waitUntilIdle() async {
        while let task = state.withLock({ $0.queue.isBusy ? $0.task : nil }) { await task.value }
    }

    private func run() async {
        var attempt = 1
        while true {
            let offsets = state.withLock { $0.queue.next() }
            if offsets.isEmpty { return }
            let owned = offsets.filter(isOwned)
            if owned.isEmpty { continue }
            do {
                try await commit(owned)
                attempt = 1
            } catch {
                // The results are out. At worst a partition's next owner does some jobs once more and says the same.
                logger.warning("can't commit", metadata: ["error": "\(error)"])
                guard (error as? KafkaError)?.isRetriable == true else { continue }
                state.withLock { $0.queue.putBack(owned) }
                try? await Task.sleep(for: retries.delay(after: attempt))
                attempt += 1
            }
        }
    }
}
