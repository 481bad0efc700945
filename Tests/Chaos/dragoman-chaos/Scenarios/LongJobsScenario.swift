import Jobs

/// Jobs that last much longer than the group's patience with a member that does not answer.
struct LongJobsScenario: Scenario {
    static let name = "long-jobs"
    static let summary = "jobs of three session time-outs and two poll intervals"
    static let size = (minutes: 1.0, jobs: 16)

    private static let pollInterval = 3_000

    func adjust(_ settings: inout RunSettings) {
        settings.workers = 2
        settings.properties["max.poll.interval.ms"] = "\(Self.pollInterval)"
    }

    func play(on stage: Stage) async throws {
        let pollInterval = stage.settings.pollInterval(of: stage.settings.workers - 1)
        let length = max(stage.settings.session * 3, pollInterval * 2) + 500
        try await stage.startWorkers()
        try await stage.submit([JobOrder(plan: JobPlan(id: "first"))])
        try await stage.waitForAnswers(1, patience: stage.patience)
        // Until the second worker is in, too.
        try await Task.sleep(for: .seconds(6))
        try await stage.submit(
            (0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "long-\($0)", sleep: length)) })
        try await stage.waitForAnswers(stage.settings.jobs + 1, patience: .seconds(300))
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        evidence.inOrder.filter { $0.starts.count != 1 }.map {
            Violation(
                rule: Self.name, job: $0.run.description, evidence: "started \($0.starts.count) times: expected 1")
        }
    }
}
