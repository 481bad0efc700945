/// What a run came to in numbers.
struct Figures: Codable, Sendable, Hashable {
    var jobs = 0
    var results = 0
    /// Terminal records beyond the first of their run.
    var repeatedResults = 0
    var deadLetters = 0
    var engineStarts = 0
    /// Starts of jobs that had been started before, those apart that tried a job that kills.
    var redone = 0
    /// What was in flight on all workers at each disruption.
    var redoneBound = 0
    /// Starts after the very job had killed a worker, or had failed and been put off.
    var trials = 0
    var kills = 0
    var terminations = 0
    var pauses = 0
    /// Times that partitions were handed out; `nil` where the workers don't tell.
    var assignments: Int?
    var injectedErrors = 0
    var outages = 0
    /// How worker processes ended, by status.
    var exits: [String: Int] = [:]
    /// Median growth of the resident memory of workers that lived long enough, in MiB an hour.
    var residentSlope: Double?
    /// The most by which the number of such a worker's descriptors went up and down.
    var descriptorSpread: Int?

    init(_ evidence: Evidence, resources: Resources) {
        let histories = evidence.histories.values
        let chronicle = evidence.chronicle
        let redone = Redone(evidence)
        jobs = histories.count
        results = histories.count { $0.answer != nil }
        repeatedResults = histories.reduce(0) { $0 + max($1.answers.count - 1, 0) }
        deadLetters = histories.reduce(0) { $0 + $1.letters.count }
        engineStarts = histories.reduce(0) { $0 + $1.starts.count }
        self.redone = redone.repeats.count
        redoneBound = redone.bound
        trials = redone.trials
        kills = chronicle.counts[.killed, default: 0]
        terminations = chronicle.counts[.terminated, default: 0]
        pauses = chronicle.counts[.paused, default: 0]
        assignments = chronicle.counts[.assigned]
        injectedErrors = chronicle.injectedErrors
        outages = chronicle.counts[.brokerDown, default: 0]
        for life in chronicle.lives.values { exits[life.status ?? "unknown", default: 0] += 1 }
        residentSlope = resources.residentSlope
        descriptorSpread = resources.descriptorSpread
    }

    /// As a table: what and how much.
    var rows: [(name: String, value: String)] {
        [
            ("jobs", "\(jobs)"), ("answered", "\(results)"), ("repeated results", "\(repeatedResults)"),
            ("dead letters", "\(deadLetters)"), ("engine starts", "\(engineStarts)"),
            ("redone", "\(redone) of at most \(redoneBound)"), ("further attempts", "\(trials)"),
            ("kill -9", "\(kills)"), ("SIGTERM", "\(terminations)"), ("SIGSTOP", "\(pauses)"),
            ("assignments", assignments.map(String.init) ?? "unknown"), ("injected errors", "\(injectedErrors)"),
            ("outages", "\(outages)"),
            ("exits", exits.sorted { $0.key < $1.key }.map { "\($0.value) x \($0.key)" }.joined(separator: ", ")),
            ("resident memory, MiB/h", residentSlope.map { "\(($0 * 10).rounded() / 10)" } ?? "too short to tell"),
            ("descriptors, spread", descriptorSpread.map(String.init) ?? "too short to tell"),
        ]
    }
}
