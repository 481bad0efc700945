import Jobs
import Kafka
import Ledger

/// A partition in the hands of this worker, from its assignment until it is taken away.
struct OwnedPartition: Sendable {
    /// The assignment that gave it.
    let epoch: Int
    /// `nil` until it is read what the last owner has left.
    private(set) var ledger: PartitionLedger?
    /// Rises with every change the next owner should know of.
    private(set) var version: UInt64 = 0
    /// The latest version that is committed.
    private(set) var committedVersion: UInt64 = 0
    /// Whether what is committed may say of a job that it is started: if it comes to be read like that, it is a crash.
    private(set) var isCommittedAsStarted = false
    /// Whether the next commit may go below the last one, since the log was lost.
    private(set) var mayGoDown = false
    /// The version the ledger had when the log last began anew.
    private var restartVersion: UInt64 = 0
    /// The latest version that was sent to be committed.
    private var sentVersion: UInt64 = 0
    /// The jobs taken and not finished, by offset.
    private var inHand: [Int64: (id: RecordID, run: BatchRun?)] = [:]
    /// Results of jobs that have not come yet: the job's offset to the result's.
    private var earlyAnswers: [Int64: Int64] = [:]

    /// Whether jobs here may have been begun elsewhere too, so that their results must not be passed over while they wait.
    private let holdsRetries: Bool

    init(epoch: Int, holdsRetries: Bool) {
        self.epoch = epoch
        self.holdsRetries = holdsRetries
    }

    /// Whether there is something to commit.
    var isDirty: Bool { ledger != nil && version > committedVersion }

    /// Goes on from what the last owner has left.
    mutating func install(_ ledger: PartitionLedger, isCommittedAsStarted: Bool) {
        self.ledger = ledger
        self.isCommittedAsStarted = isCommittedAsStarted
        earlyAnswers = earlyAnswers.filter { $0.key >= ledger.base }
        // What was started and is not any more is worth a commit at once.
        if isCommittedAsStarted { version += 1 }
    }

    /// Takes a record.
    /// - Returns: `nil` while the ledger has no room for it.
    mutating func take(_ id: RecordID, run: BatchRun?) -> LedgerIntake? {
        let end = ledger?.takenEnd ?? 0
        guard ledger?.hasRoom == true, var intake = ledger?.take(id.offset) else { return nil }
        // Records of an assignment come in their order: another one where one has come already is of another log.
        if id.offset < end, !holds(id) { intake = .wentBack }
        switch intake {
        case .run, .runAlone, .lethal:
            inHand[id.offset] = (id, run)
            version += 1
        case .finished: version += 1
        case .repeated, .wentBack: break
        }
        if intake != .wentBack, !earlyAnswers.isEmpty {
            // Those in a gap never come.
            earlyAnswers = earlyAnswers.filter { $0.key > id.offset }
        }
        return intake
    }

    /// Begins anew: the log does not go on where it was.
    mutating func restart(at offset: Int64) {
        ledger = PartitionLedger(base: offset)
        inHand = [:]
        earlyAnswers = [:]
        mayGoDown = true
        version += 1
        restartVersion = version
    }

    /// Whether a job is taken and not finished.
    func holds(_ id: RecordID) -> Bool { inHand[id.offset]?.id == id }

    /// Marks a job as started.
    /// - Returns: The version that says so; `nil` if the job is not in hand.
    mutating func start(_ id: RecordID) -> UInt64? {
        guard holds(id) else { return nil }
        ledger?.start(id.offset)
        version += 1
        return version
    }

    /// Marks a job as not started.
    mutating func release(_ id: RecordID) {
        guard holds(id) else { return }
        ledger?.release(id.offset)
        version += 1
    }

    /// Marks a job as finished.
    /// - Returns: Whether it was in hand.
    mutating func finish(_ id: RecordID) -> Bool {
        guard holds(id) else { return false }
        inHand[id.offset] = nil
        ledger?.finish(id.offset)
        version += 1
        return true
    }

    /// Marks all jobs as not started.
    mutating func releaseAll() {
        guard let ledger, ledger.startedCount > 0 else { return }
        self.ledger?.releaseAll()
        version += 1
    }

    /// Notes where a result lies whose job may not have come yet.
    mutating func note(answerOf offset: Int64, at resultOffset: Int64) {
        guard offset >= ledger?.takenEnd ?? 0, earlyAnswers[offset] == nil else { return }
        earlyAnswers[offset] = resultOffset
    }

    /// Notes up to where results have been worked in: the next owner reads on from there, or from the first result whose
    /// job has not come yet.
    mutating func note(resultsEnd end: Int64) {
        if holdsRetries, ledger?.unfinishedCount != 0 { return }
        ledger?.resultsEnd = min(end, earlyAnswers.values.min() ?? end)
    }

    /// The jobs in hand that are this run of a job.
    func inHand(of run: BatchRun) -> [RecordID] {
        inHand.values.filter { $0.run == run }.map(\.id)
    }

    /// Notes that the present version is about to be committed: whatever the answer is, it may be there then.
    mutating func sending(_ record: LedgerRecord) {
        sentVersion = version
        if record.marks.contains(where: \.isStarted) { isCommittedAsStarted = true }
    }

    /// Notes that a version is committed.
    mutating func committed(_ record: LedgerRecord, version: UInt64) {
        committedVersion = max(committedVersion, version)
        // An older answer says nothing of what was sent since.
        if version >= sentVersion { isCommittedAsStarted = record.marks.contains(where: \.isStarted) }
        if version >= restartVersion { mayGoDown = false }
        ledger?.metadataWasAccepted(length: record.metadata.utf8.count)
    }

    /// Notes that the brokers would not take as much metadata.
    mutating func metadataWasRefused(_ record: LedgerRecord) {
        ledger?.metadataWasRefused(length: record.metadata.utf8.count)
    }
}
