/// Something after which work may be done once more.
enum Disruption: Sendable, Hashable {
    /// A worker died.
    case death(pid: Int32, time: Int64)
    /// Partitions may have changed hands at some time within.
    case rebalance(ClosedRange<Int64>)

    /// Whether it accounts for a job's being begun again by somebody else.
    func explains(_ earlier: EngineStart, _ later: EngineStart) -> Bool {
        let stretch = earlier.time...max(earlier.time, later.time)
        return switch self {
        case .death(let pid, let time): pid == earlier.pid && stretch.contains(time)
        case .rebalance(let window): window.overlaps(stretch)
        }
    }

    /// Whether it happened within a stretch of time, at least in part.
    func overlaps(_ stretch: ClosedRange<Int64>) -> Bool {
        switch self {
        case .death(_, let time): stretch.contains(time)
        case .rebalance(let window): window.overlaps(stretch)
        }
    }

    /// The most that was in flight at once where and while it happened: so much may be redone because of it.
    func inFlight(_ starts: [EngineStart]) -> Int {
        switch self {
        case .death(let pid, let time):
            return starts.count { $0.pid == pid && $0.time <= time && $0.until >= time }
        case .rebalance(let window):
            let concerned = starts.filter { $0.time <= window.upperBound && $0.until >= window.lowerBound }
            // The number only rises with a start, so the most is found at one, or at the beginning.
            let moments = concerned.map { max($0.time, window.lowerBound) }
            return moments.map { moment in concerned.count { $0.time <= moment && $0.until >= moment } }.max() ?? 0
        }
    }
}
