/// What was done to the fleet, and when.
struct Chronicle: Sendable {
    /// How long clients take to be themselves again after trouble with the broker: librdkafka's longest back-off, and a
    /// round through the coordinator.
    static let recovery: Int64 = 4_000_000_000

    private(set) var lives: [Int32: WorkerLife] = [:]
    /// What made work change hands.
    private(set) var disruptions: [Disruption] = []
    /// Times in which the broker gave no or wrong answers, and a while after.
    private(set) var troubles: [ClosedRange<Int64>] = []
    /// How often each kind of thing happened.
    private(set) var counts: [JournalEntry.Event: Int] = [:]
    /// Requests that failed on purpose.
    private(set) var injectedErrors = 0
    /// Names of batches called off, with the highest run meant.
    private(set) var cancellations: [(batch: String, run: UInt32, time: Int64)] = []

    private var downSince: Int64?
    private var slowSince: Int64?
    private var pausedSince: [Int32: Int64] = [:]

    init(_ journal: [JournalEntry], settings: RunSettings) {
        for entry in journal {
            counts[entry.event, default: 0] += 1
            note(entry)
            if [.killed, .dying].contains(entry.event) {
                disruptions.append(.death(pid: entry.pid, time: entry.time))
            }
        }
        // Until a dead member is missed, and the others have met.
        let slack = Int64(settings.session) * 1_000_000 + Self.recovery
        let assignments = journal.filter { $0.event == .assigned }.map(\.time)
        if assignments.isEmpty {
            // Workers that don't tell: whatever may have moved a member moved partitions.
            let reasons: Set<JournalEntry.Event> = [
                .spawned, .killed, .dying, .exited, .terminated, .paused, .resumed, .injected, .brokerDown, .brokerUp,
            ]
            disruptions += journal.filter { reasons.contains($0.event) }.map { .rebalance($0.time...($0.time + slack)) }
        } else {
            // What is read then was given up by others up to so long before.
            disruptions += assignments.clusters(apart: 1_000_000_000).map {
                .rebalance(($0.lowerBound - slack)...$0.upperBound)
            }
        }
    }

    private mutating func note(_ entry: JournalEntry) {
        let (pid, time) = (entry.pid, entry.time)
        switch entry.event {
        case .spawned: lives[pid] = WorkerLife(pid: pid, worker: entry.worker ?? "", spawned: time)
        case .exited:
            lives[pid]?.exited = time
            lives[pid]?.status = entry.detail
        case .killed: lives[pid]?.killed = time
        case .terminated: lives[pid]?.terminated = time
        case .dying: lives[pid]?.dying = time
        case .assigned: lives[pid]?.hasTakenPart = true
        case .paused: pausedSince[pid] = time
        case .resumed:
            if let start = pausedSince.removeValue(forKey: pid) { lives[pid]?.pauses.append(start...max(start, time)) }
        case .brokerDown: downSince = downSince ?? time
        case .brokerUp:
            if let start = downSince { troubles.append(start...(time + Self.recovery)) }
            downSince = nil
        case .injected:
            troubles.append(time...(time + Self.recovery))
            injectedErrors += entry.detail?.split(separator: " ").last.flatMap { Int($0) } ?? 0
        case .latency:
            if let start = slowSince { troubles.append(start...(time + Self.recovery)) }
            slowSince = entry.detail == "0" ? nil : time
        case .cancelled:
            let parts = entry.detail?.split(separator: "/") ?? []
            if parts.count == 2, let run = UInt32(parts[1]) {
                cancellations.append((String(parts[0]), run, time))
            }
        default: break
        }
    }
}
