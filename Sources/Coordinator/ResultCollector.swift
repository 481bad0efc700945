import Jobs

/// Keeps, of the results of one batch, those that count: for each job the first of its highest run.
struct ResultCollector: Sendable {
    private let batchID: String
    private let jobCount: Int
    private let run: UInt32
    private var best: [String: TranslationResult] = [:]
    private var progress: GatherProgress

    /// - Parameter records: the batch's records, at least one.
    init(batchID: String, records: [BatchRecord]) {
        self.batchID = batchID
        jobCount = Int(records.last?.jobCount ?? 0)
        run = records.map(\.run).max() ?? 0
        progress = GatherProgress(total: jobCount)
    }

    /// Counts of what is there for the run that is waited for.
    var counts: GatherProgress { progress }

    /// Whether every job has a result of the run that is waited for, or of a later one.
    var isComplete: Bool { progress.done >= jobCount }

    /// What counts so far, in the batch's order.
    var results: [TranslationResult] {
        best.values.sorted { ($0.batchIndex, $0.jobID) < ($1.batchIndex, $1.jobID) }
    }

    /// Takes a result, in the order of its partition.
    mutating func add(_ result: TranslationResult) {
        guard result.batchID == batchID else { return }
        let earlier = best[result.jobID]
        if let earlier, earlier.run >= result.run { return }
        best[result.jobID] = result
        if let earlier, earlier.run >= run { progress.remove(earlier) }
        if result.run >= run { progress.add(result) }
    }
}
