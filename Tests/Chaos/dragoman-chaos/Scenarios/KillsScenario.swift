/// Workers are killed again and again while they work through short jobs.
struct KillsScenario: Scenario {
    static let name = "kills"
    static let summary = "a worker is killed every three seconds"
    static let size = (minutes: 2.0, jobs: 2_000)

    func play(on stage: Stage) async throws {
        var generator = SplitMix64(seed: stage.settings.seed)
        let orders = (0..<stage.settings.jobs).map { index in
            JobOrder(plan: JobPlan(id: "job-\(index)", sleep: .random(in: 50...300, using: &generator)))
        }
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration)
        let end = ContinuousClock.now + stage.duration
        while ContinuousClock.now < end {
            try await Task.sleep(for: .seconds(3))
            await stage.fleet.kill(.random(in: 0..<stage.settings.workers, using: &generator))
        }
        try await submitted
    }
}
