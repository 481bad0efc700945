import Kafka
import Ledger

/// What ``JobTable`` guards.
struct JobTableState {
    var owned: [KafkaPartition: OwnedPartition] = [:]
    /// The jobs that run, whoever owns their partitions by now.
    var running: [RecordID: JobStop] = [:]
    /// What the results have answered, by results partition.
    var answered: [Int32: RecentSet<BatchRun>] = [:]
    /// The records whose jobs go on elsewhere, by results partition.
    var moved: [Int32: RecentSet<MovedRecord>] = [:]
    /// How far the results have been read.
    var resultsEnd: [Int32: Int64] = [:]
    /// Whether the group has said what this worker owns, be it nothing.
    var wasAssigned = false
    /// Number of the last ledger that was written.
    var sequence: UInt64 = 0
    var waiters = CommitWaiters()

    /// Settles a job that has just been taken but needs no running: it is answered or goes on elsewhere, or it runs since
    /// before a rebalance.
    mutating func settle(_ id: RecordID, _ run: BatchRun?) -> Bool {
        if running[id] != nil {
            _ = owned[id.partition]?.start(id)
            return true
        }
        return isAnswered(id, run) && owned[id.partition]?.finish(id) == true
    }

    /// Whether a job is answered, or goes on elsewhere.
    func isAnswered(_ id: RecordID, _ run: BatchRun?) -> Bool {
        guard let run else { return false }
        let number = id.partition.partition
        return answered[number]?.contains(run) == true
            || moved[number]?.contains(MovedRecord(place: id.place, run: run)) == true
    }

    /// Tells a partition's ledger how far the results have been worked in.
    mutating func noteResultsEnd(of partition: KafkaPartition) {
        if let end = resultsEnd[partition.partition] { owned[partition]?.note(resultsEnd: end) }
    }

    /// Works in what a record of the results says.
    /// - Returns: What stops the running jobs it concerns.
    mutating func note(_ note: ResultNote) -> [JobStop] {
        guard let run = note.run else { return [] }
        if !note.isMove {
            answered[note.partition, default: RecentSet()].insert(run)
        } else if let place = note.origin {
            moved[note.partition, default: RecentSet()].insert(MovedRecord(place: place, run: run))
        }
        var stops: [JobStop] = []
        for partition in owned.keys where partition.partition == note.partition {
            for id in owned[partition]?.inHand(of: run) ?? [] where !note.isMove || id.place == note.origin {
                _ = owned[partition]?.finish(id)
                if let stop = running[id] { stops.append(stop) }
            }
        }
        return stops
    }

    /// What is to be committed of partitions, as far as it has changed.
    mutating func snapshots(of partitions: [KafkaPartition], _ session: UInt32) -> [LedgerSnapshot] {
        partitions.compactMap { partition in
            guard let owned = owned[partition], let ledger = owned.ledger, owned.isDirty else { return nil }
            sequence += 1
            let record = ledger.record(session: session, sequence: sequence)
            self.owned[partition]?.sending(record)
            return LedgerSnapshot(
                partition: partition, epoch: owned.epoch, version: owned.version, record: record,
                mayGoDown: owned.mayGoDown)
        }
    }
}
