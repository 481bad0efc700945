/// Workers freeze for longer than their session, lose what they own to others, and go on as if nothing had happened.
struct ZombieScenario: Scenario {
    static let name = "zombie"
    static let summary = "SIGSTOP for longer than the session, then SIGCONT"
    static let size = (minutes: 3.0, jobs: 600)

    func play(on stage: Stage) async throws {
        var generator = SplitMix64(seed: stage.settings.seed)
        let orders = (0..<stage.settings.jobs).map { index in
            JobOrder(plan: JobPlan(id: "job-\(index)", sleep: .random(in: 100...1_500, using: &generator)))
        }
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration)
        let end = ContinuousClock.now + stage.duration
        while ContinuousClock.now < end {
            // The group has to be settled; see the schedule of faults.
            try await Task.sleep(for: .seconds(8))
            let slot = Int.random(in: 0..<stage.settings.workers, using: &generator)
            await stage.fleet.pause(slot)
            try await Task.sleep(for: .milliseconds(stage.settings.session * 3))
            await stage.fleet.resume(slot)
        }
        try await submitted
    }
}
