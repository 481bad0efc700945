import Foundation
import Monitoring

/// How a worker is doing at one time.
struct WorkerReading: Sendable {
    /// Jobs that have been begun and not ended.
    var jobsInFlight: [Lane: Int] = [:]
    /// What the partitions' ledgers hold.
    var ledgers = LedgerTotals()
    /// How long ago the consumer's thread came round.
    var sincePoll = Duration.zero
    /// How long ago the engine got on, or had nothing to do.
    var sinceEngineProgress = Duration.zero

    private static let inFlight = MetricDescription(
        "dragoman_jobs_in_flight", .gauge, "Jobs that this worker has begun and not ended.")
    private static let assigned = MetricDescription(
        "dragoman_partitions_assigned", .gauge, "Partitions this worker takes jobs from, those of retries included.")
    private static let ahead = MetricDescription(
        "dragoman_ledger_finished_ahead", .gauge, "Jobs that are finished beyond the committed offsets.")
    private static let metadataBytes = MetricDescription(
        "dragoman_ledger_metadata_bytes", .gauge,
        "Size of the largest ledger in a commit; brokers take 4096 by default.")
    private static let poll = MetricDescription(
        "dragoman_poll_last_progress_timestamp_seconds", .gauge,
        "When the consumer's thread last came round, in seconds since 1970.")
    private static let engine = MetricDescription(
        "dragoman_engine_last_progress_timestamp_seconds", .gauge,
        "When the engine last got on, or had nothing to do, in seconds since 1970.")

    /// As metrics.
    var families: [MetricFamily] {
        let now = Date().timeIntervalSince1970
        func gauge(_ description: MetricDescription, _ value: Double) -> MetricFamily {
            MetricFamily(description, [MetricFamily.Sample(value)])
        }
        return [
            MetricFamily(
                Self.inFlight,
                Lane.allCases.map { lane in
                    MetricFamily.Sample(Double(jobsInFlight[lane] ?? 0), [MetricLabel("lane", lane.label)])
                }),
            gauge(Self.assigned, Double(ledgers.partitions)),
            gauge(Self.ahead, Double(ledgers.finishedAhead)),
            gauge(Self.metadataBytes, Double(ledgers.longestMetadata)),
            gauge(Self.poll, now - sincePoll.inSeconds),
            gauge(Self.engine, now - sinceEngineProgress.inSeconds),
        ]
    }
}
