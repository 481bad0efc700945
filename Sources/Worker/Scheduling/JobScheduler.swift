/// Which of the waiting jobs is to be begun next.
///
/// Interactive jobs go first, and of several slots one is kept for them; another one is kept for bulk jobs while some
/// wait, so that neither lane starves. A job that a worker may have died of runs alone: nothing is begun until those in
/// flight have ended, and nothing beside it.
struct JobScheduler<Job: Sendable>: Sendable {
    /// What is known of a job that waits or runs.
    private struct Entry: Sendable {
        let job: Job
        let lane: Lane
    }

    /// With a single slot, so many interactive jobs may pass a waiting bulk job.
    private static var passesLimit: Int { 8 }

    private let slots: Int
    private var waiting: [Lane: [Entry]] = [:]
    private var suspects: [Entry] = []
    /// Jobs that have been begun and not ended, by lane.
    private(set) var running: [Lane: Int] = [:]
    private var isAloneRunning = false
    private var passes = 0

    /// Creates a scheduler with so many slots, at least one.
    init(slots: Int) {
        self.slots = max(1, slots)
    }

    /// Jobs that have been begun and not ended.
    var runningCount: Int { running.values.reduce(0, +) }
    /// Jobs that wait.
    var waitingCount: Int { suspects.count + waiting.values.reduce(0) { $0 + $1.count } }

    /// Jobs of a lane that wait.
    func waitingCount(_ lane: Lane) -> Int { waiting[lane]?.count ?? 0 }

    /// Has a job wait for its turn.
    mutating func add(_ job: Job, lane: Lane, isSuspect: Bool) {
        let entry = Entry(job: job, lane: lane)
        if isSuspect { suspects.append(entry) } else { waiting[lane, default: []].append(entry) }
    }

    /// The next job to begin now; it counts as running until ``ended(lane:)``.
    mutating func next() -> Job? {
        guard !isAloneRunning else { return nil }
        if !suspects.isEmpty {
            guard runningCount == 0 else { return nil }
            isAloneRunning = true
            return begin(suspects.removeFirst())
        }
        guard runningCount < slots, let lane = nextLane, let entry = waiting[lane]?.first else { return nil }
        passes = lane == .interactive && waitingCount(.bulk) > 0 ? passes + 1 : 0
        waiting[lane]?.removeFirst()
        return begin(entry)
    }

    /// Notes that a running job has ended.
    mutating func ended(lane: Lane) {
        running[lane, default: 0] -= 1
        // Nothing ran beside it.
        isAloneRunning = false
    }

    /// Takes the waiting jobs out that match.
    mutating func remove(where matches: (Job) -> Bool) -> [Job] {
        var removed: [Job] = []
        func keeps(_ entry: Entry) -> Bool {
            guard matches(entry.job) else { return true }
            removed.append(entry.job)
            return false
        }
        suspects = suspects.filter(keeps)
        for lane in Lane.allCases { waiting[lane] = waiting[lane]?.filter(keeps) }
        return removed
    }

    private var nextLane: Lane? {
        let preferred: Lane = slots == 1 && passes >= Self.passesLimit ? .bulk : .interactive
        return [preferred, preferred.other].first { waitingCount($0) > 0 && running[$0, default: 0] < limit(of: $0) }
    }

    private func limit(of lane: Lane) -> Int {
        guard slots > 1 else { return 1 }
        switch lane {
        case .interactive: return waitingCount(.bulk) > 0 ? slots - 1 : slots
        case .bulk: return slots - 1
        }
    }

    private mutating func begin(_ entry: Entry) -> Job {
        running[entry.lane, default: 0] += 1
        return entry.job
    }
}
