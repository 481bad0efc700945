import Jobs

/// A batch's results, as far as there were any.
public struct GatheredBatch: Sendable {
    /// Why gathering ended.
    public enum Ending: Sendable, Hashable {
        /// Every job has its result.
        case complete
        /// The time was up.
        case timedOut
        /// The task was cancelled.
        case interrupted
    }

    /// Why gathering ended.
    public var ending: Ending
    /// Jobs in the batch; `nil` when its record was not found.
    public var jobCount: Int?
    /// For each job that has one, the first result of its highest run, in the batch's order.
    public var results: [TranslationResult]

    /// The results of jobs that could not be done.
    public var failures: [TranslationResult] { results.filter { !$0.status.isSuccess } }
}
