import Foundation
import Jobs
import Kafka
import Logging

/// What a scenario has at its disposal: a broker, a fleet, somebody who submits, and what is known from the tails.
struct Stage: Sendable {
    let settings: RunSettings
    let folder: OutputFolder
    let journal: Journal
    let topics: TopicNames
    let broker: any ChaosBroker
    let fleet: WorkerFleet
    let sender: JobSender
    let watch: TailWatch
    let reader: KafkaReader

    /// How long the scenario is to go on.
    var duration: Duration { .milliseconds(Int(settings.minutes * 60_000)) }

    /// How long to wait for what must come.
    var patience: Duration { .seconds(settings.patience ?? 120) }

    /// Starts as many workers as the settings say: the first a little earlier, since the embedded broker waits three
    /// seconds before it lets a group begin, and forgets the first of it meanwhile where their session is shorter.
    func startWorkers() async throws {
        for slot in 0..<settings.workers {
            if slot == 1 { try await Task.sleep(for: .milliseconds(1_500)) }
            try await fleet.add()
        }
    }

    /// Submits jobs evenly over a time.
    func submit(_ orders: [JobOrder], over duration: Duration = .zero) async throws {
        let start = ContinuousClock.now
        for (index, order) in orders.enumerated() {
            let due = start + duration * (Double(index) / Double(max(orders.count, 1)))
            if due > .now { try await Task.sleep(until: due, clock: .continuous) }
            try await sender.send([order])
        }
    }

    /// Calls off a batch.
    func cancel(batch: String, throughRun run: UInt32) async throws {
        journal.note(.cancelled, detail: "\(batch)/\(run)")
        try await sender.cancel(batch: batch, throughRun: run)
    }

    /// Cuts the broker off, or brings it back.
    func setBroker(isUp: Bool) async throws {
        journal.note(isUp ? .brokerUp : .brokerDown)
        try await broker.setUp(isUp)
    }

    /// Has requests fail, one after another; those that send a member back to joining, one at a time.
    func inject(_ failure: ProtocolFailure, into request: RequestKind, times: Int) async throws {
        let isOneByOne = failure.sendsMembersBack(from: request)
        for _ in 0..<(isOneByOne ? times : 1) {
            let count = isOneByOne ? 1 : times
            journal.note(.injected, detail: "\(request) \(failure) \(count)")
            try broker.fail(request, codes: Array(repeating: failure.rawValue, count: count))
            // Until the group has met again.
            if isOneByOne { try await Task.sleep(for: .milliseconds(settings.session + 2_000)) }
        }
    }

    /// Changes how long the broker takes to answer.
    func setRoundTrip(milliseconds: Int) throws {
        journal.note(.latency, detail: "\(milliseconds)")
        try broker.setRoundTrip(milliseconds: milliseconds)
    }

    /// Changes what the storage is like.
    func setStorage(_ weather: StorageWeather) throws {
        journal.note(.storage, detail: "\(weather)")
        try Data("\(weather)\n".utf8).write(to: URL(filePath: folder.weather), options: .atomic)
    }

    /// Makes poisonous jobs harmless.
    func applyFix() throws {
        journal.note(.fixed)
        try Data().write(to: URL(filePath: folder.fix))
    }

    /// Waits until something holds.
    /// - Returns: Whether it did in time.
    @discardableResult
    func wait(_ patience: Duration, until holds: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + patience
        while ContinuousClock.now < deadline {
            if try await holds() { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    /// Waits until so many runs of jobs have an answer.
    @discardableResult
    func waitForAnswers(_ count: Int, patience: Duration) async throws -> Bool {
        try await wait(patience) {
            try await watch.update()
            return await watch.answered.count >= count
        }
    }

    /// Waits until the journal has an entry that matches.
    /// - Returns: The first of them; `nil` when none came in time.
    func waitForEntry(
        _ patience: Duration, where matches: (JournalEntry) -> Bool
    ) async throws -> JournalEntry? {
        var found: JournalEntry?
        try await wait(patience) {
            found = try JSONLines.read(JournalEntry.self, path: folder.journal).first(where: matches)
            return found != nil
        }
        return found
    }
}
