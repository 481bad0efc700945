/// Everything at once, for as long as it is told to.
struct HourScenario: Scenario {
    static let name = "hour"
    static let summary = "a mixture of all faults and all kinds of jobs"
    static let size = (minutes: 60.0, jobs: 36_000)

    var patience: Duration { .seconds(300) }

    func adjust(_ settings: inout RunSettings) { settings.attemptLimit = 8 }

    func play(on stage: Stage) async throws {
        var generator = SplitMix64(seed: stage.settings.seed)
        let orders = JobMix(&generator).orders(count: stage.settings.jobs)
        let schedule = FaultSchedule(seed: generator.next(), workers: stage.settings.workers, duration: stage.duration)
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration)
        try await FaultPlayer(stage: stage).play(schedule)
        try await submitted
    }
}
