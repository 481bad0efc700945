import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The worker processes of a run. One that dies is replaced, as a supervisor would.
actor WorkerFleet {
    private struct Slot {
        var child: ChildProcess?
        /// How many processes it has had.
        var generation = 0
        /// Whether an end is followed by a new beginning.
        var isKept = true
    }

    private let settings: RunSettings
    private let arguments: [String]
    private let folder: OutputFolder
    private let journal: Journal
    private var slots: [Slot] = []
    private var watchers: [Task<Void, Never>] = []

    init(settings: RunSettings, brokers: String, folder: OutputFolder, journal: Journal) {
        self.settings = settings
        self.folder = folder
        self.journal = journal
        arguments =
            [
                "worker", "--brokers", brokers, "--prefix", settings.prefix, "--output", folder.path, "--in-flight",
                "\(settings.inFlight)", "--grace", "\(settings.grace)", "--attempt-limit", "\(settings.attemptLimit)",
            ] + (settings.sabotage.map { ["--sabotage", $0.rawValue] } ?? [])
    }

    /// Processes that run at the moment.
    var pids: [Int32] { slots.compactMap { $0.child?.pid } }
    /// How many slots there are.
    var count: Int { slots.count }

    /// The process of a slot at the moment.
    func pid(of slot: Int) -> Int32? { slots[slot].child?.pid }

    /// Adds a worker.
    /// - Returns: Its slot.
    @discardableResult
    func add() throws -> Int {
        slots.append(Slot())
        try start(slots.count - 1)
        return slots.count - 1
    }

    /// Kills the worker of a slot; it comes back.
    func kill(_ slot: Int) { send(SIGKILL, .killed, to: slot) }

    /// Tells the worker of a slot to stop; another one takes its place.
    func terminate(_ slot: Int) { send(SIGTERM, .terminated, to: slot) }

    /// Stops the worker of a slot as if its machine hung.
    func pause(_ slot: Int) { send(SIGSTOP, .paused, to: slot) }

    /// Has a paused worker go on.
    func resume(_ slot: Int) { send(SIGCONT, .resumed, to: slot) }

    /// Tells the worker of a slot to stop, for good.
    func remove(_ slot: Int) {
        slots[slot].isKept = false
        terminate(slot)
    }

    /// Kills the worker of a slot, for good.
    func destroy(_ slot: Int) {
        slots[slot].isKept = false
        kill(slot)
    }

    /// Waits until the worker of a slot has ended.
    /// - Returns: Whether it did so in time.
    func waitForEnd(of slot: Int, patience: Duration) async -> Bool {
        let deadline = ContinuousClock.now + patience
        while slots[slot].child != nil, ContinuousClock.now < deadline {
            try? await Task.sleep(for: .milliseconds(20))
        }
        return slots[slot].child == nil
    }

    /// Tells all workers to stop, and kills those that don't within `patience`.
    func stop(patience: Duration) async {
        for slot in slots.indices {
            slots[slot].isKept = false
            if let child = slots[slot].child { child.send(SIGCONT) }
            terminate(slot)
        }
        let deadline = ContinuousClock.now + patience
        while !pids.isEmpty, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(50)) }
        for slot in slots.indices { kill(slot) }
        for watcher in watchers { await watcher.value }
    }

    private func start(_ slot: Int) throws {
        slots[slot].generation += 1
        let name = "w\(slot + 1)-\(slots[slot].generation)"
        let properties = settings.properties(of: slot).sorted { $0.key < $1.key }
        let child = try ChildProcess(
            ChaosExecutable.path,
            arguments + ["--name", name] + properties.flatMap { ["--kafka", "\($0.key)=\($0.value)"] },
            log: "\(folder.logs)/\(name).log")
        slots[slot].child = child
        journal.note(.spawned, pid: child.pid, worker: name)
        watchers.append(
            Task {
                let status = await child.end()
                journal.note(.exited, pid: child.pid, worker: name, detail: status)
                await replace(slot)
            })
    }

    private func replace(_ slot: Int) async {
        slots[slot].child = nil
        guard slots[slot].isKept else { return }
        try? await Task.sleep(for: .milliseconds(200))
        // It may have been decided otherwise meanwhile.
        guard slots[slot].isKept, slots[slot].child == nil else { return }
        do {
            try start(slot)
        } catch {
            journal.note(.step, detail: "a worker can't be started: \(error)")
        }
    }

    private func send(_ signal: Int32, _ event: JournalEntry.Event, to slot: Int) {
        guard let child = slots[slot].child, child.isRunning else { return }
        journal.note(event, pid: child.pid)
        child.send(signal)
    }
}
