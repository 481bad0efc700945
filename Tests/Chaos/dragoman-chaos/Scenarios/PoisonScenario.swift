import Jobs

/// One recording kills whoever works on it, among many good ones; later it is mended and done again.
struct PoisonScenario: Scenario {
    static let name = "poison"
    static let summary = "a poisonous job among fifty good ones, mended and replayed"
    static let size = (minutes: 1.0, jobs: 50)

    private static let poison = JobPlan(id: "poison", sleep: 400, trouble: .poison(times: nil))

    func play(on stage: Stage) async throws {
        var orders = (0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "good-\($0)", sleep: 1_000)) }
        orders.insert(JobOrder(plan: Self.poison), at: orders.count / 3)
        try await stage.startWorkers()
        // Together, so that it has neighbours.
        try await stage.submit(orders)
        guard try await stage.waitForAnswers(orders.count, patience: stage.patience) else { return }
        try stage.applyFix()
        try await stage.submit([JobOrder(plan: Self.poison, run: 1)])
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        let replay = evidence.history(of: JobRun(jobID: Self.poison.id, run: 1))
        var violations: [Violation] = []
        if replay?.answer?.status != .ok {
            violations.append(
                Violation(
                    rule: Self.name, job: "\(Self.poison.id)/1",
                    evidence: "the replay after the fix ended with \(replay?.answer?.status.schemaName ?? "nothing")"))
        }
        let deaths = evidence.journal.filter { $0.event == .dying }.count
        if deaths != 4 {
            violations.append(
                Violation(
                    rule: Self.name, job: Self.poison.id,
                    evidence: "\(deaths) workers died of it: expected 4, the first in company and three alone"))
        }
        return violations
    }
}
