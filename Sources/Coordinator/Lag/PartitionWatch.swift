import Ledger

/// Whether something happens in a partition where jobs wait.
struct PartitionWatch: Sendable {
    private struct Sign: Sendable, Hashable {
        var committed: Int64?
        var waiting: Int64
        var session: UInt32?
        var sequence: UInt64?
    }

    private var last: Sign?
    private var since = ContinuousClock.now

    /// Looks at a reading.
    /// - Returns: How long jobs have waited without any sign of work.
    mutating func look(_ lag: PartitionLag, at now: ContinuousClock.Instant) -> Duration {
        let sign = Sign(
            committed: lag.committed, waiting: lag.waiting, session: lag.ledger?.session,
            sequence: lag.ledger?.sequence)
        // New jobs are no sign of work.
        let isSame =
            sign.committed == last?.committed && sign.session == last?.session && sign.sequence == last?.sequence
            && sign.waiting >= last?.waiting ?? .max
        if !isSame || sign.waiting == 0 { since = now }
        last = sign
        return since.duration(to: now)
    }
}
