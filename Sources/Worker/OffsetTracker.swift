/// Which offsets of a partition are being worked on, and from that what may be committed.
///
/// Jobs finish in any order. What may be committed is the lowest offset that is not finished: a crash then repeats what
/// was finished above it, and loses nothing.
struct OffsetTracker: Sendable, Hashable {
    /// In rising order.
    private var unfinished: [Int64] = []
    /// One past the last that was started.
    private var end: Int64?

    /// The offset to commit: every started one below it is finished. `nil` before the first start.
    var committable: Int64? { unfinished.first ?? end }

    /// Notes that work on an offset begins. Offsets come in rising order, with gaps where the log has none.
    /// - Returns: `false` for one that does not rise; it is not tracked.
    mutating func start(_ offset: Int64) -> Bool {
        guard offset >= end ?? .min else { return false }
        unfinished.append(offset)
        end = offset &+ 1
        return true
    }

    /// Notes that an offset is finished.
    /// - Returns: What may be committed now, if that has risen.
    mutating func finish(_ offset: Int64) -> Int64? {
        guard let index = unfinished.firstIndex(of: offset) else { return nil }
        unfinished.remove(at: index)
        return index == 0 ? committable : nil
    }
}
