import Kafka
import Logging
import Synchronization

/// Commits what changes in the ledgers, one commit at a time: while one is under way the newest state waits.
final class LedgerCommitter: Sendable {
    private struct State {
        var isBusy = false
        /// Whether something may have changed since the last look.
        var hasNews = false
        /// The last task that was begun.
        var task: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let table: JobTable
    private let retries: RetryPolicy
    private let logger: Logger
    private let metrics: WorkerMetrics?
    private let commit: @Sendable ([KafkaOffset]) async throws -> [KafkaPartition: KafkaError]

    /// Creates a committer.
    /// - Parameters:
    ///   - retries: How long to wait after a commit that failed. It is tried as often as it takes.
    ///   - commit: Commits, and returns what of it failed.
    init(
        table: JobTable, retries: RetryPolicy, logger: Logger, metrics: WorkerMetrics? = nil,
        commit: @escaping @Sendable ([KafkaOffset]) async throws -> [KafkaPartition: KafkaError]
    ) {
        self.table = table
        self.retries = retries
        self.logger = logger
        self.metrics = metrics
        self.commit = commit
    }

    /// Whether nothing is left to be committed.
    var isIdle: Bool { state.withLock { !$0.isBusy } }

    /// Has what has changed committed, and returns at once.
    func commitChanges() {
        state.withLock { state in
            state.hasNews = true
            guard !state.isBusy else { return }
            state.isBusy = true
            state.task = Task { await self.run() }
        }
    }

    /// Waits until nothing is left to be committed.
    func waitUntilIdle() async {
        while let task = state.withLock({ $0.isBusy ? $0.task : nil }) { await task.value }
    }

    private func run() async {
        var attempt = 1
        while nextLook() {
            let snapshots = table.changes()
            if snapshots.isEmpty { continue }
            let failures = await commit(snapshots)
            if failures < snapshots.count { attempt = 1 }
            guard failures > 0 else { continue }
            state.withLock { $0.hasNews = true }
            try? await Task.sleep(for: retries.delay(after: attempt))
            attempt += 1
        }
    }

    /// - Returns: Whether there may be something to commit; otherwise the committing has ended.
    private func nextLook() -> Bool {
        state.withLock { state in
            state.isBusy = state.hasNews
            state.hasNews = false
            return state.isBusy
        }
    }

    /// - Returns: How many could not be committed.
    private func commit(_ snapshots: [LedgerSnapshot]) async -> Int {
        let failures: [KafkaPartition: KafkaError]
        do {
            failures = try await commit(snapshots.map(\.offset))
        } catch {
            logger.warning("can't commit", metadata: ["error": "\(error)"])
            metrics?.committed(0, failed: snapshots.count)
            return snapshots.count
        }
        table.committed(snapshots.filter { failures[$0.partition] == nil })
        for each in snapshots where failures[each.partition]?.brokerError == "OFFSET_METADATA_TOO_LARGE" {
            table.metadataWasRefused(each)
        }
        // A partition that is not ours any more will be out of the table soon, if it is not yet.
        let serious = failures.filter { $0.value.code != .notAssigned }
        metrics?.committed(snapshots.count - failures.count, failed: serious.count)
        if let (partition, error) = serious.min(by: { $0.key < $1.key }) {
            logger.warning(
                "can't commit",
                metadata: ["partition": "\(partition)", "of": "\(serious.count)", "error": "\(error)"])
        }
        return failures.count
    }
}
