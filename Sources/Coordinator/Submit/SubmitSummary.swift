import Platform

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

extension SubmitSummary {
    /// What there is to say before anything is sent.
    /// - Parameter handled: jobs that need not be sent.
    package init(_ batch: JobBatch, run: UInt32, _ handled: HandledJobs) async throws {
        self.init(batchID: batch.id, run: run, jobCount: batch.jobCount)
        guard !handled.isEmpty else { return }
        let counts = try await BlockingCall.run { [spool = batch.spool] cancellation in
            try handled.counts(of: spool, cancellation: cancellation)
        }
        answeredCount = counts.answered
        failedCount = counts.failed
        waitingCount = counts.waiting
    }

    /// Jobs that are to be sent.
    package var missingCount: Int { jobCount - answeredCount - waitingCount }
}
