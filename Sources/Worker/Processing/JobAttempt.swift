/// What an attempt at a job brings with it beside the record.
struct JobAttempt: Sendable {
    /// Attempts at this run that ended with a worker's death, those that the record's headers tell of included.
    var crashes = 0
    /// Says why it ends, if it ends early.
    let stop: JobStop

    init(crashes: Int = 0, stop: JobStop = JobStop()) {
        self.crashes = crashes
        self.stop = stop
    }
}
