import Jobs
import Kafka
import Logging
import Synchronization

/// What the topic `controls` says: which jobs are called off, and which partitions were given back by living workers.
final class ControlBoard: Sendable {
    private struct State {
        var batches = RecentMap<String, Cancellation>()
        var jobs = RecentMap<String, Cancellation>()
        /// The latest ledger that a release speaks of.
        var releases = RecentMap<ReleasedLedger, UInt64>()
    }

    private struct ReleasedLedger: Hashable {
        let session: UInt32
        let partition: KafkaPartition
    }

    private let state = Mutex(State())
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Works in records of the topic. What can't be read is none of ours.
    /// - Returns: Whether jobs may be called off now that were not before.
    func add(_ records: [KafkaRecord]) -> Bool {
        var isNews = false
        for record in records {
            let headers = record.headers.map(MessageHeader.init)
            if headers.text(.eventType) == Release.eventType {
                if let release: Release = try? MessageCodec.decode(from: record.value, headers: headers) {
                    add(release)
                }
            } else if let cancellation: Cancellation = try? MessageCodec.decode(from: record.value, headers: headers) {
                add(cancellation)
                isNews = true
            } else {
                let place = RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)
                logger.debug("not a control that this worker knows", metadata: ["origin": "\(place)"])
            }
        }
        return isNews
    }

    /// What calls a job off, if anything does.
    func cancellation(of job: TranslationJob) -> Cancellation? {
        state.withLock { state in
            [state.jobs[job.id], state.batches[job.batchID]].lazy.compactMap { $0 }.first { job.run <= $0.maxRun }
        }
    }

    /// Whether the session that wrote a partition's ledger has given the partition back since.
    func isReleased(_ partition: KafkaPartition, session: UInt32, sequence: UInt64) -> Bool {
        let ledger = ReleasedLedger(session: session, partition: partition)
        return state.withLock { $0.releases[ledger].map { $0 >= sequence } ?? false }
    }

    private func add(_ release: Release) {
        state.withLock { state in
            for each in release.partitions {
                let partition = KafkaPartition(topic: each.topic, partition: each.partition)
                let ledger = ReleasedLedger(session: release.session, partition: partition)
                state.releases.update(ledger, max(state.releases[ledger] ?? 0, release.sequence))
            }
        }
    }

    private func add(_ cancellation: Cancellation) {
        state.withLock { state in
            switch cancellation.target {
            case .batchID(let id): state.batches.update(id, cancellation.widest(state.batches[id]))
            case .jobID(let id): state.jobs.update(id, cancellation.widest(state.jobs[id]))
            case nil: break
            }
        }
    }
}

extension Cancellation {
    /// The one of two that names more runs.
    fileprivate func widest(_ other: Cancellation?) -> Cancellation {
        guard let other, other.maxRun >= maxRun else { return self }
        return other
    }
}
