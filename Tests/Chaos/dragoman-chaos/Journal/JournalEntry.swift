/// Something that happened, as a worker or the driver wrote it down.
struct JournalEntry: Codable, Sendable, Hashable {
    enum Event: String, Codable, Sendable, CaseIterable {
        // Workers.

        /// The storage is asked for a job's audio.
        case fetch
        /// The engine begins with a job: written before anything else is done.
        case start
        /// The engine is through with a job, or is told to stop; `detail` says which.
        case end
        /// A poisonous job is about to kill its process.
        case dying
        /// What was committed of partitions was read, as a new owner does.
        case assigned
        /// The brokers have a job's outcome.
        case acknowledged

        // The driver.

        /// A worker process was started.
        case spawned
        /// A worker process has ended; `detail` has its status.
        case exited
        /// SIGKILL follows.
        case killed
        /// SIGTERM follows.
        case terminated
        /// SIGSTOP follows.
        case paused
        /// SIGCONT follows.
        case resumed
        /// The broker is cut off; lasts until `brokerUp`.
        case brokerDown
        case brokerUp
        /// Requests will fail; `detail` has what and how often.
        case injected
        /// The broker's round trip takes this long from now on.
        case latency
        /// What the storage is like from now on.
        case storage
        /// Jobs were called off; `detail` has batch or job.
        case cancelled
        /// Poisonous jobs are harmless from now on.
        case fixed
        /// All is answered, the fleet is idle, and a partition is still not committed to its end.
        case lagging
        /// A named step of a scenario, for people and its own checks.
        case step
    }

    /// Nanoseconds since 1970.
    var time: Int64
    /// The process it happened in or to.
    var pid: Int32
    var event: Event
    var job: String?
    /// Name of the worker concerned.
    var worker: String?
    var detail: String?
}
