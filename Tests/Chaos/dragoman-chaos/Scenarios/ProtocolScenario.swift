/// Every request fails with every error, one to five times over.
struct ProtocolScenario: Scenario {
    static let name = "protocol"
    static let summary = "protocol errors on commit, fetch, produce, join and heartbeat, one to five deep"
    static let size = (minutes: 15.0, jobs: 1_500)

    var patience: Duration { .seconds(180) }

    /// With the short session of the other scenarios the mock cluster forgets members that wait for others to join.
    func adjust(_ settings: inout RunSettings) {
        settings.properties["session.timeout.ms"] = "6000"
        settings.properties["heartbeat.interval.ms"] = "1000"
        settings.properties["max.poll.interval.ms"] = "15000"
    }

    func play(on stage: Stage) async throws {
        var generator = SplitMix64(seed: stage.settings.seed)
        var injections = RequestKind.allCases.flatMap { request in
            ProtocolFailure.allCases.flatMap { failure in (1...5).map { (request, failure, $0) } }
        }
        injections.shuffle(using: &generator)
        let orders = (0..<stage.settings.jobs).map { index in
            JobOrder(plan: JobPlan(id: "job-\(index)", sleep: .random(in: 50...300, using: &generator)))
        }
        try await stage.startWorkers()
        async let submitted: Void = stage.submit(orders, over: stage.duration)
        let pause = stage.duration / injections.count
        // A short run has no time for all of them.
        for (request, failure, times) in pause < .seconds(1) ? injections.prefix(20) : injections[...] {
            try await Task.sleep(for: max(pause, .seconds(1)))
            try await stage.inject(failure, into: request, times: times)
        }
        try await submitted
    }
}
