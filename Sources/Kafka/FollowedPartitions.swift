/// How far a follower is in each partition, and who waits for it. Knows nothing of threads and clients.
struct FollowedPartitions {
    /// The end of a `follow`.
    enum Outcome: Equatable {
        case caughtUp([Int32: Int64])
        case timedOut(missing: [Int32])
        case stopped
    }

    /// A `follow` that has not returned.
    private struct CatchUp {
        /// The partitions' ends at the time of the call.
        var ends: [Int32: Int64]
        /// Partitions whose records up to these ends have not all been handed over.
        var missing: Set<Int32>
        var deadline: ContinuousClock.Instant
    }

    /// The offset after the last one handed over, by partition.
    private var positions: [Int32: Int64] = [:]
    private var catchUps: [Int: CatchUp] = [:]
    /// Calls that don't know yet where to begin, with those of their partitions that were not stopped meanwhile.
    private var announced: [Int: Set<Int32>] = [:]
    private let patience: Duration

    /// - Parameter patience: How long a `follow` waits without any progress.
    init(patience: Duration) { self.patience = patience }

    /// Partitions are about to be followed.
    mutating func announce(_ partitions: some Sequence<Int32>, id: Int) { announced[id] = Set(partitions) }

    /// Begins to follow the announced partitions, or goes on with those that are followed already.
    /// - Returns: Those that are to be started, with their offsets; `nil` if one was stopped since they were announced.
    mutating func follow(
        _ starts: [Int32: Int64], until ends: [Int32: Int64], id: Int, now: ContinuousClock.Instant
    ) -> [Int32: Int64]? {
        guard announced.removeValue(forKey: id) == Set(starts.keys) else { return nil }
        let new = starts.filter { positions[$0.key] == nil }
        positions.merge(new) { $1 }
        let missing = ends.filter { (positions[$0.key] ?? 0) < $0.value }.keys
        catchUps[id] = CatchUp(ends: ends, missing: Set(missing), deadline: now + patience)
        return new
    }

    mutating func stop(_ partitions: [Int32]) {
        for partition in partitions { positions[partition] = nil }
        for id in announced.keys { announced[id]?.subtract(partitions) }
    }

    /// A call doesn't wait any more, or never will.
    mutating func abandon(_ id: Int) {
        announced[id] = nil
        catchUps[id] = nil
    }

    /// Whether anybody follows a partition.
    func follows(_ partition: Int32) -> Bool { positions[partition] != nil }

    /// Records were handed over: the offset after the last of each partition. It is lower than before where the log was
    /// lost and begins anew.
    mutating func handedOver(_ ends: [Int32: Int64], now: ContinuousClock.Instant) {
        for (partition, end) in ends where follows(partition) { positions[partition] = end }
        for (id, catchUp) in catchUps where !catchUp.missing.isDisjoint(with: ends.keys) {
            catchUps[id]?.missing = catchUp.missing.filter { partition in
                ends[partition].map { $0 < catchUp.ends[partition] ?? 0 } ?? true
            }
            catchUps[id]?.deadline = now + patience
        }
    }

    /// A partition has no more records for now, after all it had was handed over.
    mutating func reachedEnd(_ end: Int64, of partition: Int32, now: ContinuousClock.Instant) {
        guard let position = positions[partition] else { return }
        if end < position {
            // The log was lost: what a `follow` waits for will not come.
            for (id, catchUp) in catchUps where catchUp.missing.contains(partition) {
                catchUps[id]?.ends[partition] = end
            }
        }
        handedOver([partition: end], now: now)
    }

    /// Takes out the calls that are through.
    mutating func takeOutcomes(now: ContinuousClock.Instant) -> [(id: Int, outcome: Outcome)] {
        let outcomes = catchUps.compactMap { id, catchUp -> (id: Int, outcome: Outcome)? in
            if !catchUp.ends.keys.allSatisfy(follows) { return (id, .stopped) }
            if catchUp.missing.isEmpty { return (id, .caughtUp(catchUp.ends)) }
            return now < catchUp.deadline ? nil : (id, .timedOut(missing: catchUp.missing.sorted()))
        }
        for (id, _) in outcomes { catchUps[id] = nil }
        return outcomes
    }
}
