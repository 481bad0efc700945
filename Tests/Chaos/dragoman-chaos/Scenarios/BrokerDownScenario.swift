/// The broker goes away and comes back.
struct BrokerDownScenario: Scenario {
    static let name = "broker-down"
    static let summary = "the broker is cut off again and again, for half of the time"
    static let size = (minutes: 10.0, jobs: 1_000)

    var patience: Duration { .seconds(180) }

    func play(on stage: Stage) async throws {
        let orders = (0..<stage.settings.jobs).map { JobOrder(plan: JobPlan(id: "job-\($0)", sleep: 200)) }
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration)
        // Ten times half a minute in the full length.
        let outage = stage.duration / 20
        for _ in 0..<10 {
            try await Task.sleep(for: outage)
            try await stage.setBroker(isUp: false)
            try await Task.sleep(for: outage)
            try await stage.setBroker(isUp: true)
        }
        try await submitted
    }
}
