import Jobs

/// The first terminal record of a run counts; repeated ones say the same, and nobody is answered who did not ask.
enum OneAnswer: Rule {
    static let name = "one answer"

    static func violations(in evidence: Evidence) -> [Violation] {
        evidence.inOrder.flatMap { history in
            history.answers.dropFirst().compactMap { repeated -> Violation? in
                guard let first = history.answer, !first.agrees(with: repeated) else { return nil }
                // Whether the job or its being called off came first may look different to two workers.
                if Expectation(history, in: evidence).mayBeCutShort { return nil }
                return violation(
                    history.run,
                    "\(first.place) says \(first.status.schemaName) '\(first.text)', "
                        + "\(repeated.place) \(repeated.status.schemaName) '\(repeated.text)'")
            }
        }
            + evidence.strayAnswers.map { violation($0.run, "\($0.place) answers a job that nobody submitted") }
    }
}
