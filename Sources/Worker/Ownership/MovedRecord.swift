import Jobs

/// A record whose job was moved to a topic for retries. Where a log was lost and begins anew, another job may lie there.
struct MovedRecord: Sendable, Hashable {
    let place: RecordPlace
    let run: BatchRun
}
