/// What has its result in the topic is not begun any more.
///
/// A worker hears of others' results a moment after the independent client may have. So the time between the client's
/// sight of the result and the start must be within the allowance, not counting what neither could help: the broker's
/// trouble with a while to recover, and times in which the worker's process was stopped.
enum NoStartAfterAnswer: Rule {
    static let name = "no start after the answer"

    static func violations(in evidence: Evidence) -> [Violation] {
        let allowance = Int64(evidence.settings.allowance) * 1_000_000
        return evidence.inOrder.flatMap { history -> [Violation] in
            guard let answer = history.answer else { return [] }
            return history.starts.compactMap { start in
                guard start.time > answer.seen else { return nil }
                let life = evidence.chronicle.lives[start.pid]
                let stopped = (life?.pauses ?? []).map { $0.lowerBound...($0.upperBound + allowance) }
                let stretch = answer.seen...start.time
                let excused = (evidence.chronicle.troubles + stopped).covered(of: stretch)
                let late = start.time - answer.seen - excused
                guard late > allowance else { return nil }
                return violation(
                    history.run,
                    "\(life?.worker ?? "process \(start.pid)") began with it \((start.time - answer.seen) / 1_000_000) ms "
                        + "after \(answer.place) was read, \(excused / 1_000_000) ms of them excused")
            }
        }
    }
}
