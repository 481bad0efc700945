import Jobs

/// A worker is told to stop at each stage of its work.
struct SigtermScenario: Scenario {
    static let name = "sigterm"
    static let summary = "SIGTERM while idle, fetching, in the engine, publishing and committing"
    static let size = (minutes: 1.0, jobs: 1)

    /// What takes longer than the grace period the first time.
    private static let forEver = 60_000

    func adjust(_ settings: inout RunSettings) {
        settings.workers = 2
        settings.grace = 4
    }

    func play(on stage: Stage) async throws {
        try await stage.startWorkers()
        try await stage.submit((0..<8).map { JobOrder(plan: JobPlan(id: "warm-\($0)")) })
        try await stage.waitForAnswers(8, patience: stage.patience)
        try await terminate(stage, "idle", 0)

        try await stage.submit([JobOrder(plan: JobPlan(id: "fetching", firstFetch: Self.forEver))])
        try await terminate(stage, "fetching", whoever: .fetch, of: "fetching")

        try await stage.submit([JobOrder(plan: JobPlan(id: "engine", firstSleep: Self.forEver))])
        try await terminate(stage, "engine", whoever: .start, of: "engine")

        try await stage.submit([JobOrder(plan: JobPlan(id: "publishing", sleep: 500))])
        if let pid = try await pid(stage, .start, of: "publishing") {
            try await stage.inject(.requestTimedOut, into: .produce, times: 3)
            _ = try await self.pid(stage, .end, of: "publishing")
            try await terminate(stage, "publishing", slot(of: pid, stage))
        }

        try await stage.submit([JobOrder(plan: JobPlan(id: "committing", sleep: 500))])
        if let pid = try await pid(stage, .end, of: "committing") {
            try await stage.inject(.requestTimedOut, into: .commit, times: 3)
            try await terminate(stage, "committing", slot(of: pid, stage))
        }
    }

    func judge(_ evidence: Evidence) -> [Violation] {
        ["fetching", "engine"].compactMap { job in
            guard let history = evidence.history(of: JobRun(jobID: job, run: 0)), let answer = history.answer,
                let step = evidence.journal.first(where: { $0.event == .step && $0.detail == job }),
                let exit = evidence.journal.first(where: { $0.event == .exited && $0.pid == step.pid })
            else { return Violation(rule: Self.name, job: job, evidence: "the stage was not reached") }
            // The others meet, see what is to be done, and the second time it is quickly done.
            let seconds = Double(answer.seen - exit.time) / 1e9
            guard seconds > 15 else { return nil }
            return Violation(
                rule: Self.name, job: job, evidence: "the next owner took \(seconds) s after the first had gone")
        }
    }

    private func terminate(
        _ stage: Stage, _ name: String, whoever event: JournalEntry.Event, of job: String
    ) async throws {
        if let pid = try await pid(stage, event, of: job) { try await terminate(stage, name, slot(of: pid, stage)) }
    }

    private func terminate(_ stage: Stage, _ name: String, _ slot: Int?) async throws {
        guard let slot, let pid = await stage.fleet.pid(of: slot) else { return }
        stage.journal.note(.step, pid: pid, detail: name)
        await stage.fleet.terminate(slot)
        try await stage.wait(.seconds(30)) { await stage.fleet.pid(of: slot) != pid }
        // What it had begun is answered by others; then the group is settled for the next stage.
        try await stage.wait(.seconds(60)) {
            try await stage.watch.update()
            return await stage.watch.answered.count == submissions(stage)
        }
        try await Task.sleep(for: .seconds(4))
    }

    private func submissions(_ stage: Stage) -> Int {
        (try? JSONLines.read(Submission.self, path: stage.folder.submissions).count) ?? 0
    }

    private func pid(_ stage: Stage, _ event: JournalEntry.Event, of job: String) async throws -> Int32? {
        try await stage.waitForEntry(.seconds(60)) { $0.event == event && $0.job == job }?.pid
    }

    private func slot(of pid: Int32, _ stage: Stage) async -> Int? {
        for slot in 0..<(await stage.fleet.count) where await stage.fleet.pid(of: slot) == pid { return slot }
        return nil
    }
}
