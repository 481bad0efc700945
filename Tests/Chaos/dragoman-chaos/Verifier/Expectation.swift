import Jobs

/// What may become of a job, by its plan and by what was done to it.
struct Expectation: Sendable, Hashable {
    /// Statuses that are right.
    var statuses: Set<TranslationResult.Status>
    /// Whether the message must be among the dead letters when it ends as such.
    var isDeadLetter: Bool { statuses.contains(.deadLettered) }
    /// Whether it may have been called off or come too late.
    var mayBeCutShort: Bool { statuses.contains(.cancelled) || statuses.contains(.deadlineExceeded) }

    init(_ history: JobHistory, in evidence: Evidence) {
        let submission = history.submission
        let isFixed = evidence.journal.contains { $0.event == .fixed && $0.time < submission.time }
        statuses =
            switch history.plan.trouble {
            case .none, .flaky, .deaf: [.ok]
            case .reject, .missing: [.failed]
            case .poison(nil): isFixed ? [.ok] : [.deadLettered]
            case .poison: [.ok]
            case .hang, .unreadable: [.deadLettered]
            }
        if submission.deadline != nil { statuses.insert(.deadlineExceeded) }
        let isCalledOff = evidence.chronicle.cancellations.contains {
            $0.batch == submission.batch && $0.run >= submission.run
        }
        if isCalledOff { statuses.insert(.cancelled) }
    }
}
