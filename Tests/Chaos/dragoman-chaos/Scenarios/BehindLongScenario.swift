import Jobs

/// Finished jobs behind one that is not: nothing can be committed below it, and still nothing is done twice.
struct BehindLongScenario: Scenario {
    static let name = "behind-long"
    static let summary = "a worker with finished jobs behind a long one is killed"
    static let size = (minutes: 1.0, jobs: 20)

    func adjust(_ settings: inout RunSettings) {
        settings.partitions = 1
        settings.workers = 2
    }

    func play(on stage: Stage) async throws {
        try await stage.startWorkers()
        try await stage.submit([JobOrder(plan: JobPlan(id: "long", sleep: 1_000, firstSleep: 60_000))])
        guard let start = try await stage.waitForEntry(.seconds(60), where: { $0.event == .start }) else { return }
        try await stage.submit((0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "short-\($0)", sleep: 50)) })
        try await stage.waitForAnswers(stage.settings.jobs, patience: stage.patience)
        // What is finished is committed a moment later.
        try await Task.sleep(for: .seconds(1))
        for slot in 0..<stage.settings.workers where await stage.fleet.pid(of: slot) == start.pid {
            await stage.fleet.kill(slot)
        }
        try await stage.waitForAnswers(stage.settings.jobs + 1, patience: stage.patience)
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        evidence.inOrder.filter { $0.submission.job != "long" && $0.starts.count != 1 }.map {
            Violation(
                rule: Self.name, job: $0.run.description, evidence: "started \($0.starts.count) times: expected 1")
        }
    }
}
