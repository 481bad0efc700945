/// Has each run of a job be done by one record at a time, though it lie in the topics twice: who sends it may not have heard
/// that it has arrived, or a worker that it was moved.
struct ActiveRuns: Sendable {
    /// The records that wait until the first is through with, by run.
    private var waiting: [BatchRun: [TakenJob]] = [:]

    /// - Returns: Whether a job is the first of its run.
    mutating func begin(_ job: TakenJob) -> Bool {
        guard let run = job.message.batchRun else { return true }
        guard waiting[run] == nil else {
            waiting[run]?.append(job)
            return false
        }
        waiting[run] = []
        return true
    }

    /// Notes that a job that was the first of its run is through with.
    /// - Returns: The next one.
    mutating func end(_ job: TakenJob) -> TakenJob? {
        guard let run = job.message.batchRun, let others = waiting[run] else { return nil }
        waiting[run] = others.isEmpty ? nil : Array(others.dropFirst())
        return others.first
    }

    /// Forgets those that wait and match.
    mutating func remove(where matches: (TakenJob) -> Bool) {
        for run in waiting.keys { waiting[run]?.removeAll(where: matches) }
    }
}
