/// Workers come and go while jobs are under way that take longer than their stay.
struct JoinsScenario: Scenario {
    static let name = "joins"
    static let summary = "workers join and leave during long jobs"
    static let size = (minutes: 3.0, jobs: 200)

    var patience: Duration { .seconds(300) }

    func play(on stage: Stage) async throws {
        var generator = SplitMix64(seed: stage.settings.seed)
        let orders = (0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "job-\($0)", sleep: 3_000)) }
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration / 2)
        // Joins and leaves in turn: twenty in three minutes.
        let pause = Duration.seconds(9)
        let end = ContinuousClock.now + stage.duration
        var guests: [Int] = []
        while ContinuousClock.now < end {
            try await Task.sleep(for: pause)
            if guests.isEmpty || Bool.random(using: &generator) && guests.count < 3 {
                guests.append(try await stage.fleet.add())
            } else {
                await stage.fleet.remove(guests.removeFirst())
            }
        }
        try await submitted
    }
}
