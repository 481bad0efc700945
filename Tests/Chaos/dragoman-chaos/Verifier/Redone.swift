/// Starts of jobs that had been started before.
struct Redone: Sendable {
    /// Those that followed the death of a process by the very job, as its guilt is found out that way; and those of
    /// attempts put off.
    private(set) var trials = 0
    /// All others.
    private(set) var repeats: [(history: JobHistory, earlier: EngineStart, later: EngineStart)] = []
    /// Those that no disruption accounts for.
    private(set) var unexplained: [(history: JobHistory, earlier: EngineStart, later: EngineStart)] = []
    /// What was in flight on all workers at each disruption: more must not be redone.
    private(set) var bound = 0

    init(_ evidence: Evidence) {
        let disruptions = evidence.chronicle.disruptions
        for history in evidence.inOrder {
            for (earlier, later) in zip(history.starts, history.starts.dropFirst()) {
                // Whoever has put it off: two may have been at the same attempt.
                let isPostponed = history.postponements.contains { earlier.time < $0 && $0 <= later.time }
                if earlier.diedOfIt || isPostponed {
                    trials += 1
                    continue
                }
                repeats.append((history, earlier, later))
                // Something happened while the first was at work, or between them.
                if !disruptions.contains(where: { $0.explains(earlier, later) }) {
                    unexplained.append((history, earlier, later))
                }
            }
        }
        let starts = evidence.histories.values.flatMap(\.starts)
        bound = disruptions.reduce(0) { $0 + $1.inFlight(starts) }
    }
}
