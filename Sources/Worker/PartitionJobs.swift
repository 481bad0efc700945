/// The jobs of one partition that a worker has in hand, across rebalances.
///
/// A rebalance takes every partition away and mostly gives it right back. Its records then come again from the committed
/// offset on, and jobs that are still running, or are done but were not committed in time, must not be run twice.
struct PartitionJobs: Sendable {
    /// Tells records apart, even where a log that was lost begins anew with the same offsets.
    struct RecordID: Sendable, Hashable {
        let offset: Int64
        let timestamp: Int64?
    }

    /// What is to be done with a record.
    enum Intake: Sendable, Hashable {
        /// Its job is to be run.
        case run
        /// Its job is running or done, or the record is no longer this worker's; this may be committed now.
        case skip(committable: Int64?)
    }

    /// The assignment the records of this partition come from; `nil` while it is not this worker's.
    private(set) var epoch: Int?
    /// Records of assignments up to this one are stale.
    private var endedEpoch = 0
    private var tracker = OffsetTracker()
    /// The running jobs, with the assignment that delivered them last.
    private var running: [RecordID: Int] = [:]
    /// The jobs that are done, but perhaps not committed.
    private var done: Set<RecordID> = []

    /// Decides on a record that arrives.
    mutating func take(_ id: RecordID, epoch: Int) -> Intake {
        guard epoch > endedEpoch else { return .skip(committable: nil) }
        if epoch != self.epoch { begin(epoch, at: id.offset) }
        _ = tracker.start(id.offset)
        if done.contains(id) { return .skip(committable: tracker.finish(id.offset)) }
        // One that does not rise and is not known: better done twice than not at all.
        if running.updateValue(epoch, forKey: id) != nil { return .skip(committable: nil) }
        return .run
    }

    /// Whether a running job still belongs to this worker. If its partition was taken away, and the record has not come
    /// again, it is given back: should the record come later, it is to be run.
    mutating func claim(_ id: RecordID) -> Bool {
        if isOwned(id) { return true }
        running[id] = nil
        return false
    }

    /// Whether a running job still belongs to this worker.
    func isOwned(_ id: RecordID) -> Bool {
        epoch != nil && running[id] == epoch
    }

    /// Notes that a job's result is written.
    /// - Returns: What may be committed now, if that has risen.
    mutating func finish(_ id: RecordID) -> Int64? {
        let isOwned = isOwned(id)
        running[id] = nil
        done.insert(id)
        return isOwned ? tracker.finish(id.offset) : nil
    }

    /// Notes that a job is not done and is left to the next owner: nothing from it on is committed.
    mutating func giveBack(_ id: RecordID) {
        running[id] = nil
    }

    /// Notes that everything below an offset is committed.
    mutating func committed(_ offset: Int64) {
        done = done.filter { $0.offset >= offset }
    }

    /// Notes that the partition was taken away.
    mutating func end(_ epoch: Int) {
        endedEpoch = max(endedEpoch, epoch)
        self.epoch = nil
    }

    private mutating func begin(_ epoch: Int, at offset: Int64) {
        self.epoch = epoch
        tracker = OffsetTracker()
        // Delivery begins at the committed offset.
        committed(offset)
    }
}
