/// The broker comes back without anything it held.
struct DataLossScenario: Scenario {
    static let name = "data-loss"
    static let summary = "the broker is killed and comes back empty: workers go on with new jobs"
    static let size = (minutes: 1.0, jobs: 40)

    func adjust(_ settings: inout RunSettings) {
        settings.broker = .noida
        settings.workers = 2
        settings.properties["session.timeout.ms"] = "6000"
        settings.properties["heartbeat.interval.ms"] = "1000"
    }

    func play(on stage: Stage) async throws {
        try await stage.startWorkers()
        try await stage.submit(
            (0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "before-\($0)", sleep: 200)) })
        try await stage.waitForAnswers(stage.settings.jobs, patience: stage.patience)
        try await stage.setBroker(isUp: false)
        try await Task.sleep(for: .seconds(2))
        try await stage.setBroker(isUp: true)
        try await stage.submit(
            (0..<stage.settings.jobs / 2).map { JobOrder(plan: JobPlan(id: "after-\($0)", sleep: 200)) })
        try await stage.waitForAnswers(stage.settings.jobs * 3 / 2, patience: stage.patience)
    }
}
