import Jobs

/// A batch is called off half-way, and later some of it is asked for again.
struct CancelScenario: Scenario {
    static let name = "cancel"
    static let summary = "a batch is called off when a tenth is done; a later run is not touched"
    static let size = (minutes: 2.0, jobs: 1_000)

    private static let batch = "called-off"
    /// How long a running job may go on.
    private static let promptness: Int64 = 1_000_000_000

    func play(on stage: Stage) async throws {
        let plans = (0..<stage.settings.jobs).map { JobPlan(id: "job-\($0)", sleep: 1_500) }
        try await stage.startWorkers()
        try await stage.submit(plans.map { JobOrder(plan: $0, batch: Self.batch) })
        try await stage.waitForAnswers(plans.count / 10, patience: stage.patience)
        try await stage.cancel(batch: Self.batch, throughRun: 0)
        try await stage.waitForAnswers(plans.count, patience: stage.patience)
        let again = plans.suffix(10)
        try await stage.submit(again.map { JobOrder(plan: $0, run: 1, batch: Self.batch) })
        try await stage.waitForAnswers(plans.count + again.count, patience: stage.patience)
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        guard let order = evidence.chronicle.cancellations.first else {
            return [Violation(rule: Self.name, job: Self.batch, evidence: "it was not called off")]
        }
        var violations: [Violation] = []
        let histories = evidence.inOrder.filter { $0.submission.run == 0 }
        for history in histories {
            for start in history.starts where start.until > order.time + Self.promptness {
                violations.append(
                    Violation(
                        rule: Self.name, job: history.run.description,
                        evidence: start.time > order.time
                            ? "was begun \((start.time - order.time) / 1_000_000) ms after it was called off"
                            : "ran on for \((start.until - order.time) / 1_000_000) ms after it was called off"))
            }
        }
        if !histories.contains(where: { $0.answer?.status == .cancelled }) {
            violations.append(Violation(rule: Self.name, job: Self.batch, evidence: "nothing of it was cancelled"))
        }
        return violations
    }
}
