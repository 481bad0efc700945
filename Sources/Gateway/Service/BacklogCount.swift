/// How many jobs wait, by the last look at the topics and by what was let through since.
///
/// A look does not surely show what was not written when it began. Such jobs count beside it, perhaps twice for a moment, until
/// a look that began later has ended.
struct BacklogCount {
    let limit: Int64
    /// What the last look saw.
    private(set) var seen: Int64?
    /// Let through, and perhaps not in `seen`.
    private var unseen: Int64 = 0
    /// Those that the look under way may not show either.
    private var unseenNext: Int64 = 0
    /// Let through, and perhaps not written yet.
    private var unwritten: Int64 = 0

    init(limit: Int) { self.limit = Int64(limit) }

    /// Lets through as many of some jobs as may wait: none before the first look.
    mutating func take(_ count: Int) -> Int {
        guard let seen else { return 0 }
        let taken = max(0, min(Int64(count), limit - seen - unseen))
        unseen += taken
        unseenNext += taken
        unwritten += taken
        return Int(taken)
    }

    /// Notes that jobs that were let through are written, or will not be.
    mutating func written(_ count: Int) { unwritten -= Int64(count) }

    mutating func lookBegins() { unseenNext = unwritten }

    /// - Parameter jobs: how many wait.
    mutating func lookEnds(_ jobs: Int64) {
        seen = jobs
        unseen = unseenNext
    }
}
