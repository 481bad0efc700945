/// What an id stands for, and how that is doing.
public enum FleetStatus: Sendable {
    /// The id is a batch's.
    case batch(BatchStatus)
    /// The id is a job's.
    case job(JobStatus)
    /// Neither batches, results nor waiting jobs have it.
    case unknown
}
