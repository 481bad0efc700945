/// What a submit did.
public struct SubmitSummary: Sendable, Hashable {
    /// The batch's id.
    public var batchID: String
    /// The run of its jobs.
    public var run: UInt32
    /// Jobs in the batch.
    public var jobCount: Int
    /// Those that had a result of this run already.
    public var answeredCount = 0
    /// Those of them whose result says that they could not be done.
    public var failedCount = 0
    /// Those that an earlier submit had sent and no worker has finished.
    public var waitingCount = 0
    /// Those that this submit sent: the brokers have them.
    public var sentCount = 0
    /// Whether every job has a result, waits or was sent; `false` when the task was cancelled before.
    public var isComplete = false
}
