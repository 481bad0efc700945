/// An engine's work on a job.
struct EngineStart: Sendable, Hashable {
    var pid: Int32
    var time: Int64
    /// When it was over: the outcome out, the work refused or called off, or the process gone.
    var until: Int64
    /// Whether the job killed the process.
    var diedOfIt = false

    /// Notes that the work was over by then, if it was not before.
    mutating func end(at time: Int64) { until = min(until, time) }
}
