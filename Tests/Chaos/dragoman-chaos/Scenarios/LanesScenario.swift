import Jobs

/// Somebody waits for a few jobs while thousands are in the queue that nobody waits for.
struct LanesScenario: Scenario {
    static let name = "lanes"
    static let summary = "interactive jobs beside a backlog of bulk ones"
    static let size = (minutes: 3.0, jobs: 5_000)

    private static let length = 500
    private static let interactive = 20

    var patience: Duration { .seconds(400) }

    func play(on stage: Stage) async throws {
        try await stage.startWorkers()
        try await stage.submit(
            (0..<stage.settings.jobs).map {
                JobOrder(plan: JobPlan(id: "bulk-\($0)", sleep: Self.length), isBulk: true)
            })
        try await stage.waitForAnswers(stage.settings.jobs / 20, patience: stage.patience)
        let orders = (0..<Self.interactive).map { JobOrder(plan: JobPlan(id: "quick-\($0)", sleep: Self.length)) }
        try await stage.submit(orders, over: .milliseconds(Self.length * Self.interactive))
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        evidence.inOrder.filter { $0.submission.job.hasPrefix("quick") }.compactMap { history in
            let wait = history.starts.first.map { Double($0.time - history.submission.time) / 1e6 } ?? .infinity
            guard wait > Double(2 * Self.length) else { return nil }
            return Violation(
                rule: Self.name, job: history.run.description,
                evidence: "waited \(wait) ms: expected at most two job lengths, \(2 * Self.length) ms")
        }
    }
}
