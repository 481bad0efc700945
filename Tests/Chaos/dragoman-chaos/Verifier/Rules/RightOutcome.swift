import Jobs

/// Each job ends as its plan has it: good ones well, bad ones badly, late ones late, and none as another's neighbour.
enum RightOutcome: Rule {
    static let name = "right outcome"
    /// How much later than its deadline a job's result may have been made: clocks are read at different points.
    private static let leeway: Int64 = 1_000_000_000

    static func violations(in evidence: Evidence) -> [Violation] {
        evidence.inOrder.compactMap { history in
            guard let answer = history.answer else { return nil }
            let expectation = Expectation(history, in: evidence)
            guard expectation.statuses.contains(answer.status) else {
                let expected = expectation.statuses.map(\.schemaName).sorted().joined(separator: " or ")
                return violation(
                    history.run,
                    "\(answer.place) says \(answer.status.schemaName) \(answer.reason): expected \(expected)")
            }
            if answer.status == .ok, answer.text != history.plan.text || answer.tokens != history.plan.tokens {
                return violation(history.run, "\(answer.place) says '\(answer.text)': expected '\(history.plan.text)'")
            }
            guard let deadline = history.submission.deadline, let finished = answer.finished else { return nil }
            if answer.status == .deadlineExceeded, finished < deadline {
                return violation(history.run, "\(answer.place) says it is late \(ms(deadline - finished)) ms too early")
            }
            if answer.status == .ok, finished > deadline + leeway {
                return violation(
                    history.run, "\(answer.place) was made \(ms(finished - deadline)) ms after the deadline")
            }
            return nil
        }
    }

    private static func ms(_ nanoseconds: Int64) -> Int64 { nanoseconds / 1_000_000 }
}
