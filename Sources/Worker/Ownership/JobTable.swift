import Jobs
import Kafka
import Ledger
import Synchronization

/// What this worker owns and what it has in hand, across rebalances.
///
/// A rebalance takes every partition away and mostly gives it right back. Jobs that run then go on, since the first result
/// counts, whoever wrote it; where their records come again, they are not run twice.
final class JobTable: Sendable {
    /// This life of the process, as its ledgers name it.
    let session: UInt32
    private let retryTopics: Set<String>
    private let state = Mutex(JobTableState())

    init(session: UInt32, retryTopics: some Sequence<String>) {
        self.session = session
        self.retryTopics = Set(retryTopics)
    }

    // MARK: - Partitions

    /// Notes that partitions are this worker's from now on. Nothing is taken from them before ``install(_:epoch:_:)``.
    func assigned(_ partitions: [KafkaPartition], epoch: Int) {
        state.withLock { state in
            state.wasAssigned = true
            for each in partitions {
                state.owned[each] = OwnedPartition(epoch: epoch, holdsRetries: retryTopics.contains(each.topic))
            }
        }
    }

    /// Whether the group has said what this worker owns, be it nothing.
    var wasAssigned: Bool { state.withLock { $0.wasAssigned } }

    /// Whether partitions are still this worker's since `epoch`.
    func owns(_ partitions: [KafkaPartition], epoch: Int) -> Bool {
        state.withLock { state in partitions.allSatisfy { state.owned[$0]?.epoch == epoch } }
    }

    /// Goes on from what the last owner has left.
    func install(_ partition: KafkaPartition, epoch: Int, _ found: FoundLedger) {
        state.withLock { state in
            guard state.owned[partition]?.epoch == epoch else { return }
            let isCommittedAsStarted = found.record?.marks.contains(where: \.isStarted) ?? false
            state.owned[partition]?.install(found.ledger, isCommittedAsStarted: isCommittedAsStarted)
            state.noteResultsEnd(of: partition)
        }
    }

    /// What to commit of partitions that are about to be given up in order: none of their jobs is started any more.
    func revoking(_ partitions: [KafkaPartition]) -> [KafkaOffset] {
        state.withLock { state in
            for partition in partitions { state.owned[partition]?.releaseAll() }
            return state.snapshots(of: partitions, session).map(\.offset)
        }
    }

    /// Notes that partitions are gone.
    /// - Parameter uncommitted: those of them whose last commit did not succeed.
    /// - Returns: What tells their next owners that nothing was wrong with the jobs started there, if they need to know;
    ///   and the results partitions that don't matter any more.
    func gone(
        _ partitions: [KafkaPartition], uncommitted: some Sequence<KafkaPartition>
    ) -> (release: Release?, unfollowed: [Int32]) {
        let (release, unfollowed, waiters) = state.withLock { state in
            let misleading = uncommitted.filter { state.owned[$0]?.isCommittedAsStarted == true }
            var waiters: [CommitWaiters.Continuation] = []
            for partition in partitions {
                state.owned[partition] = nil
                waiters += state.waiters.remove(partition)
            }
            let unfollowed = Set(partitions.map(\.partition)).subtracting(state.owned.keys.map(\.partition))
            for partition in unfollowed {
                state.answered[partition] = nil
                state.moved[partition] = nil
                state.resultsEnd[partition] = nil
            }
            let release = Release(session, sequence: state.sequence, misleading)
            return (misleading.isEmpty ? nil : release, unfollowed.sorted(), waiters)
        }
        for waiter in waiters { waiter.resume(throwing: JobWithdrawn()) }
        return (release, unfollowed)
    }

    // MARK: - Jobs

    /// Decides on a record. Those of a partition are to be taken in the order they were delivered in.
    func take(_ taken: KafkaGroupRecord, run: BatchRun?) -> TakeDecision {
        let id = RecordID(taken.record)
        return state.withLock { state in
            defer { state.noteResultsEnd(of: id.partition) }
            guard state.owned[id.partition]?.epoch == taken.epoch else { return .skip }
            guard var intake = state.owned[id.partition]?.take(id, run: run) else { return .hold }
            if case .wentBack = intake {
                state.owned[id.partition]?.restart(at: id.offset)
                guard let again = state.owned[id.partition]?.take(id, run: run) else { return .hold }
                intake = again
            }
            switch intake {
            case .finished, .repeated, .wentBack: return .skip
            case .lethal(let crashes): return state.settle(id, run) ? .skip : .lethal(crashes: crashes)
            case .run: return state.settle(id, run) ? .skip : .run(crashes: 0)
            case .runAlone(let crashes): return state.settle(id, run) ? .skip : .run(crashes: crashes)
            }
        }
    }

    /// Whether a job that waits need not be run any more; then it is finished.
    func isSettled(_ id: RecordID, run: BatchRun?) -> Bool {
        state.withLock { state in
            guard state.isAnswered(id, run) else { return false }
            // That may have been noted when the answer came.
            _ = state.owned[id.partition]?.finish(id)
            return true
        }
    }

    /// Notes that a job begins.
    /// - Returns: What has to be committed before anything else is done; `nil` if the job is not this worker's any more.
    func start(_ id: RecordID, epoch: Int, stop: JobStop) -> StartedJob? {
        state.withLock { state in
            guard state.owned[id.partition]?.epoch == epoch, let version = state.owned[id.partition]?.start(id) else {
                return nil
            }
            state.running[id] = stop
            return StartedJob(epoch: epoch, version: version)
        }
    }

    /// Starts a job in the assignment that has brought its record again, after the one it was started in has ended.
    /// - Returns: `nil` when the record has not come again; if it does later, its job is to be begun anew.
    func startAgain(_ id: RecordID) -> StartedJob? {
        state.withLock { state in
            guard let epoch = state.owned[id.partition]?.epoch, let version = state.owned[id.partition]?.start(id)
            else {
                state.running[id] = nil
                return nil
            }
            return StartedJob(epoch: epoch, version: version)
        }
    }

    /// Notes that a job's terminal record is written.
    func finish(_ id: RecordID, run: BatchRun?) {
        state.withLock { state in
            state.running[id] = nil
            if let run { state.answered[id.partition.partition, default: RecentSet()].insert(run) }
            _ = state.owned[id.partition]?.finish(id)
        }
    }

    /// Notes that a job is left to whoever owns its partition next.
    func giveBack(_ id: RecordID) {
        state.withLock { state in
            state.running[id] = nil
            state.owned[id.partition]?.release(id)
        }
    }

    /// Works in results that have been published, by this worker or another.
    /// - Returns: What stops the running jobs that are answered.
    func note(_ notes: [ResultNote]) -> [JobStop] {
        state.withLock { state in
            var stops: [JobStop] = []
            for note in notes {
                // The log was lost and goes on anew: so do those who ask again for what it held.
                if note.offset < state.resultsEnd[note.partition] ?? 0 {
                    state.answered[note.partition] = nil
                    state.moved[note.partition] = nil
                }
                state.resultsEnd[note.partition] = note.offset + 1
                stops += state.note(note)
                if let origin = note.origin, origin.partition == note.partition {
                    let partition = KafkaPartition(topic: origin.topic, partition: origin.partition)
                    state.owned[partition]?.note(answerOf: origin.offset, at: note.offset)
                }
            }
            for partition in state.owned.keys { state.noteResultsEnd(of: partition) }
            return stops
        }
    }

    // MARK: - Commits

    /// What has changed since it was last committed.
    func changes() -> [LedgerSnapshot] {
        state.withLock { state in
            let changed = state.owned.filter { $0.value.isDirty }.map(\.key)
            return state.snapshots(of: changed, session)
        }
    }

    /// Notes that snapshots are committed.
    func committed(_ snapshots: some Sequence<LedgerSnapshot>) {
        let waiters = state.withLock { state in
            var waiters: [CommitWaiters.Continuation] = []
            for each in snapshots where state.owned[each.partition]?.epoch == each.epoch {
                state.owned[each.partition]?.committed(each.record, version: each.version)
                waiters += state.waiters.remove(each.partition, upTo: each.version)
            }
            return waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Notes that the brokers would not take as much metadata as a snapshot has.
    func metadataWasRefused(_ snapshot: LedgerSnapshot) {
        state.withLock { state in
            guard state.owned[snapshot.partition]?.epoch == snapshot.epoch else { return }
            state.owned[snapshot.partition]?.metadataWasRefused(snapshot.record)
        }
    }

    /// Marks all jobs as not started, as they are left to others.
    func releaseAll() {
        state.withLock { state in
            for partition in state.owned.keys { state.owned[partition]?.releaseAll() }
        }
    }

    /// What the ledgers hold together.
    var totals: LedgerTotals {
        state.withLock { state in
            var totals = LedgerTotals()
            for owned in state.owned.values {
                totals.partitions += 1
                guard let record = owned.ledger?.record(session: session, sequence: state.sequence) else { continue }
                totals.finishedAhead += record.finished.reduce(0) { $0 + Int64($1.count) }
                totals.longestMetadata = max(totals.longestMetadata, record.metadata.utf8.count)
            }
            return totals
        }
    }

    /// Waits until the ledger that says a job is started is committed.
    /// - Throws: ``JobWithdrawn`` when the partition is taken away before that; `CancellationError`.
    func waitForCommit(of start: StartedJob, _ partition: KafkaPartition) async throws {
        let id = state.withLock { $0.waiters.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CommitWaiters.Continuation) in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard let owned = state.owned[partition], owned.epoch == start.epoch else {
                        return .failure(JobWithdrawn())
                    }
                    if owned.committedVersion >= start.version { return .success(()) }
                    state.waiters.add(id, partition, version: start.version, continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.remove(id) }
            waiter?.resume(throwing: CancellationError())
        }
    }
}
