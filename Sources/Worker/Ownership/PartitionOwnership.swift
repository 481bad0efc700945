import Dispatch
import Jobs
import Kafka
import Logging
import Synchronization

/// What happens when partitions come and go. The consumer's thread calls it.
final class PartitionOwnership: Sendable {
    /// What is concerned.
    struct Parts: Sendable {
        let table: JobTable
        let loader: PartitionLoader
        let dispatcher: JobDispatcher
        /// Follow no results of these partitions any more.
        let stopResults: @Sendable ([Int32]) -> Void
        /// Writes to the topic `controls`.
        let publish: @Sendable (Release) async throws -> Void
        let metrics: WorkerMetrics?
        let logger: Logger
    }

    private enum State {
        /// The consumer is being set up; it may have been given partitions already.
        case closed([(partitions: [KafkaPartition], epoch: Int)])
        case open(Parts)
    }

    /// How long giving partitions back may wait for the word that nothing was wrong with their jobs.
    private static let patience = DispatchTimeInterval.milliseconds(1500)

    private let state = Mutex(State.closed([]))

    /// Begins to work, with what came in the meantime.
    func open(_ parts: Parts) {
        let early = state.withLock { state in
            defer { state = .open(parts) }
            if case .closed(let early) = state { return early }
            return []
        }
        for each in early { assigned(each.partitions, epoch: each.epoch) }
    }

    /// For the consumer.
    var handler: KafkaRebalanceHandler {
        KafkaRebalanceHandler(
            assigned: { [self] in assigned($0, epoch: $1) },
            revoking: { [self] partitions, _ in parts?.table.revoking(partitions) ?? [] },
            revoked: { [self] partitions, _, failures in gone(partitions, uncommitted: failures.keys, waits: true) },
            lost: { [self] partitions, _ in gone(partitions, uncommitted: partitions, waits: false) })
    }

    private var parts: Parts? {
        state.withLock { state in
            if case .open(let parts) = state { return parts }
            return nil
        }
    }

    private func assigned(_ partitions: [KafkaPartition], epoch: Int) {
        let parts = state.withLock { state -> Parts? in
            switch state {
            case .open(let parts): return parts
            case .closed(let early):
                state = .closed(early + [(partitions, epoch)])
                return nil
            }
        }
        guard let parts else { return }
        parts.metrics?.rebalanced()
        parts.table.assigned(partitions, epoch: epoch)
        parts.loader.begin(partitions, epoch: epoch)
    }

    private func gone(_ partitions: [KafkaPartition], uncommitted: some Sequence<KafkaPartition>, waits: Bool) {
        guard let parts else { return state.withLock { $0 = .closed([]) } }
        parts.dispatcher.drop(partitions)
        let (release, unfollowed) = parts.table.gone(partitions, uncommitted: uncommitted)
        parts.stopResults(unfollowed)
        guard let release else { return }
        let isDone = DispatchSemaphore(value: 0)
        Task {
            do {
                try await parts.publish(release)
            } catch {
                parts.logger.warning(
                    "can't tell that jobs were given back: they may be taken for ones that kill workers",
                    metadata: ["partitions": "\(release.partitions.count)", "error": "\(error)"])
            }
            isDone.signal()
        }
        if waits { _ = isDone.wait(timeout: .now() + Self.patience) }
    }
}
