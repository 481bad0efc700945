import Jobs

/// A run of a job in a batch: two batches may hold the same job, and each waits for a result of its own.
struct BatchRun: Sendable, Hashable {
    let run: JobRun
    let batchID: String

    init(_ run: JobRun, batchID: String = "") {
        self.run = run
        self.batchID = batchID
    }
}

extension JobMessage {
    /// The run of the job, and its batch.
    var batchRun: BatchRun? { jobRun.map { BatchRun($0, batchID: job?.batchID ?? "") } }
}
