import Jobs

/// Why a job is not answered, and what it went through: what the headers of its retry or its dead letter say.
struct JobReport: Sendable, Hashable {
    /// The last failure.
    let failure: JobFailure
    /// Attempts made, this one and crashed ones included.
    let attempts: Int
    /// Attempts that ended with the worker's death.
    let crashes: Int
    /// The topic of the lane that the job was submitted to.
    let lane: String
    /// Where the job was submitted.
    let origin: RecordPlace
}
