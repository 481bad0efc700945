import Jobs

/// A batch's results, as far as there were any.
public struct GatheredBatch: Sendable {
    /// Why gathering ended.
    public enum Ending: Sendable, Hashable {
        /// Every job has its result.
        case complete
        /// All results there will be are there; so many jobs have none and are in no queue either.
        case jobsMissing(Int)
        /// The time was up.
        case timedOut
        /// The task was cancelled.
        case interrupted
    }

    /// Why gathering ended.
    public var ending: Ending
    /// How far the batch was by then.
    public var progress: GatherProgress
    /// For each job that has one, the first result of its highest run, in the batch's order.
    public var results: [GatheredResult]
    /// What lay among the results without being one.
    public var unreadable = UnreadableRecords()
    /// What the brokers no longer have; none where nothing is missing for it.
    public var losses: [RecordLoss] = []

    /// Creates it.
    public init(ending: Ending, progress: GatherProgress, results: [GatheredResult]) {
        self.ending = ending
        self.progress = progress
        self.results = results
    }

    /// Jobs in the batch; `nil` when its record was not found.
    public var jobCount: Int? { progress.total }
    /// The results of jobs that could not be done.
    public var failures: [GatheredResult] { results.filter { !$0.status.isSuccess } }
}
