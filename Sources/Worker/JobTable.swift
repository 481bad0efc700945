import Kafka
import Synchronization

/// The jobs a worker has in hand, by partition.
final class JobTable: Sendable {
    /// What is to be done with a record.
    enum Intake: Sendable, Hashable {
        /// Its job is to be run.
        case run
        /// Nothing, except that this may be committed now.
        case skip(commit: KafkaOffset?)
    }

    private let partitions = Mutex<[KafkaPartition: PartitionJobs]>([:])

    /// Decides on a record. Those of a partition are to be taken in the order they were delivered in.
    func take(_ taken: KafkaGroupRecord) -> Intake {
        withJobs(of: taken) { jobs in
            switch jobs.take(taken.id, epoch: taken.epoch) {
            case .run: .run
            case .skip(let offset): .skip(commit: jobs.commit(offset, of: taken))
            }
        }
    }

    /// Whether a running job still belongs to this worker; if not, it is given back.
    func claim(_ taken: KafkaGroupRecord) -> Bool {
        withJobs(of: taken) { $0.claim(taken.id) }
    }

    /// Notes that a job's result is written.
    /// - Returns: What may be committed now, if that has risen.
    func finish(_ taken: KafkaGroupRecord) -> KafkaOffset? {
        withJobs(of: taken) { jobs in
            let offset = jobs.finish(taken.id)
            return jobs.commit(offset, of: taken)
        }
    }

    /// Notes that a job is not done and is left to the next owner.
    func giveBack(_ taken: KafkaGroupRecord) {
        withJobs(of: taken) { $0.giveBack(taken.id) }
    }

    /// Notes what was committed.
    func committed(_ offsets: [KafkaOffset]) {
        partitions.withLock { partitions in
            for offset in offsets { partitions[KafkaPartition(offset)]?.committed(offset.offset) }
        }
    }

    /// Notes that partitions come or go.
    func rebalance(_ rebalance: KafkaRebalance) {
        guard rebalance.kind != .assigned else { return }
        partitions.withLock { partitions in
            for partition in rebalance.partitions {
                partitions[partition, default: PartitionJobs()].end(rebalance.epoch)
            }
        }
    }

    private func withJobs<Result: Sendable>(
        of taken: KafkaGroupRecord, _ body: (inout PartitionJobs) -> Result
    ) -> Result {
        let partition = KafkaPartition(topic: taken.record.topic, partition: taken.record.partition)
        return partitions.withLock { body(&$0[partition, default: PartitionJobs()]) }
    }
}

extension KafkaPartition {
    init(_ offset: KafkaOffset) {
        self.init(topic: offset.topic, partition: offset.partition)
    }
}

extension KafkaGroupRecord {
    fileprivate var id: PartitionJobs.RecordID {
        PartitionJobs.RecordID(offset: record.offset, timestamp: record.timestampMilliseconds)
    }
}

extension PartitionJobs {
    /// An offset as it is committed: in the assignment that holds now, which may be later than the record's.
    fileprivate func commit(_ offset: Int64?, of taken: KafkaGroupRecord) -> KafkaOffset? {
        guard let offset, let epoch else { return nil }
        return KafkaOffset(
            topic: taken.record.topic, partition: taken.record.partition, offset: offset, epoch: epoch)
    }
}
