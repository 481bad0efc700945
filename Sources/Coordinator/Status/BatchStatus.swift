import FoundationEssentials
import Jobs

/// How a batch is doing.
public struct BatchStatus: Sendable {
    /// The batch's id.
    public var batchID: String
    /// The records of its submits that ended, oldest first.
    public var submits: [BatchRecord]
    /// The submit that began last, when it has not ended: it is still running, or it broke.
    public var openSubmit: BatchRecord?
    /// What has a result so far.
    public var progress: GatherProgress
    /// Which of them failed, by reason.
    public var failures: FailureCounts
    /// Jobs without a result in the queue, or in a worker's hands.
    public var waiting: Int
    /// Those of them that failed before and are to be tried again later.
    public var delayed: Int
    /// Jobs with a result by what became of them.
    public var statuses: [TranslationResult.Status: Int]
    /// What can no longer be read of what the submits wrote.
    public var losses: [RecordLoss]
    /// Results by the worker that made them.
    public var workers: [String: Int]
    /// When the first result was made, by its worker's clock.
    public var firstResultDate: Date?
    /// When the last result was made, by its worker's clock.
    public var lastResultDate: Date?
    /// What lay among the results without being one.
    public var unreadable: UnreadableRecords

    /// Jobs that have neither a result nor a place in the queue; `nil` while a submit is open, so that nobody knows how
    /// many there will be.
    public var missing: Int? {
        guard let total = progress.total, openSubmit == nil else { return nil }
        return max(0, total - progress.done - waiting)
    }

    /// Whether nothing is left to do.
    public var isComplete: Bool { progress.total.map { progress.done >= $0 } ?? false }

    /// Whether every job is done or will be.
    public var isWell: Bool { progress.failed == 0 && missing ?? 0 == 0 }
}
