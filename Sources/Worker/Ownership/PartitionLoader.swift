import Kafka
import Ledger
import Logging
import Synchronization

/// Reads what the last owners of newly assigned partitions have left, and has them delivered after that, not before.
final class PartitionLoader: Sendable {
    private let table: JobTable
    private let controls: ControlBoard
    private let sources: Sources
    private let retries: RetryPolicy
    private let logger: Logger
    /// The loads under way, by assignment.
    private let loads = Mutex<[Int: Task<Void, Never>]>([:])

    /// Where to read, and what to do then.
    struct Sources: Sendable {
        /// What the group has committed.
        var committed: @Sendable ([KafkaPartition]) async throws -> [KafkaOffset]
        /// Returns when all controls there are have been worked in.
        var readControls: @Sendable () async throws -> Void
        /// Begins to follow results partitions from offsets, and returns when what there is has been worked in.
        var followResults: @Sendable ([Int32: Int64]) async throws -> Void
        /// Has the records of partitions delivered.
        var resume: @Sendable ([KafkaPartition]) -> Void
    }

    init(table: JobTable, controls: ControlBoard, sources: Sources, retries: RetryPolicy, logger: Logger) {
        self.table = table
        self.controls = controls
        self.sources = sources
        self.retries = retries
        self.logger = logger
    }

    /// Begins to load partitions.
    func begin(_ partitions: [KafkaPartition], epoch: Int) {
        guard !partitions.isEmpty else { return }
        loads.withLock { loads in
            loads[epoch] = Task {
                await load(partitions, epoch: epoch)
                // Waits for the assignment above, as that happens under the lock.
                _ = self.loads.withLock { $0.removeValue(forKey: epoch) }
            }
        }
    }

    /// Ends all loads.
    func cancelAll() {
        for load in loads.withLock({ Array($0.values) }) { load.cancel() }
    }

    /// Tries until it succeeds or the partitions are gone: as long as it is not known what is done, nothing is begun.
    private func load(_ partitions: [KafkaPartition], epoch: Int) async {
        var attempt = 1
        while !Task.isCancelled, table.owns(partitions, epoch: epoch) {
            do {
                return try await tryToLoad(partitions, epoch: epoch)
            } catch {
                guard !Task.isCancelled, table.owns(partitions, epoch: epoch) else { return }
                logger.warning(
                    "can't read yet how far the last owners of partitions came: they wait",
                    metadata: ["partitions": "\(partitions.count)", "error": "\(error)"])
                try? await Task.sleep(for: retries.delay(after: attempt))
                attempt += 1
            }
        }
    }

    private func tryToLoad(_ partitions: [KafkaPartition], epoch: Int) async throws {
        let committed = try await sources.committed(partitions)
        let offsets = Dictionary(committed.map { (KafkaPartition($0), $0) }) { $1 }
        try await sources.readControls()
        var found: [KafkaPartition: FoundLedger] = [:]
        for partition in partitions {
            found[partition] = FoundLedger(offsets[partition]) { record in
                record.session == table.session
                    || controls.isReleased(partition, session: record.session, sequence: record.sequence)
            }
        }
        // What has changed hands meanwhile is loaded anew, from what is committed by then.
        guard table.owns(partitions, epoch: epoch) else { return }
        try await sources.followResults(resultsStart(found))
        guard table.owns(partitions, epoch: epoch) else { return }
        for (partition, each) in found { table.install(partition, epoch: epoch, each) }
        log(found)
        sources.resume(partitions)
    }

    /// Where to begin with the results of each partition number: none that any of its ledgers does not know is left out.
    /// Where nothing was ever committed, nothing was ever begun.
    private func resultsStart(_ found: [KafkaPartition: FoundLedger]) -> [Int32: Int64] {
        let numbers = Set(found.keys.map(\.partition))
        var starts = Dictionary(uniqueKeysWithValues: numbers.map { ($0, Int64.max) })
        for (partition, each) in found where each.isCommitted {
            starts[partition.partition] = min(starts[partition.partition] ?? .max, each.record?.resultsEnd ?? 0)
        }
        return starts.mapValues { $0 == .max ? 0 : $0 }
    }

    private func log(_ found: [KafkaPartition: FoundLedger]) {
        let suspects = found.values.reduce(0) { $0 + $1.ledger.crashedBefore.count }
        logger.debug("partitions assigned", metadata: ["partitions": "\(found.count)"])
        if suspects > 0 {
            logger.notice("workers may have died of jobs: each will run alone", metadata: ["jobs": "\(suspects)"])
        }
    }
}

extension KafkaPartition {
    init(_ offset: KafkaOffset) {
        self.init(topic: offset.topic, partition: offset.partition)
    }
}
