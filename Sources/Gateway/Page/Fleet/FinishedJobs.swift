/// What the index counted as finished, at one time.
struct FinishedJobs: Sendable, Hashable {
    /// Milliseconds since 1970.
    var time: Int64
    var jobs = 0
    /// Seconds of audio.
    var seconds = 0.0
    /// Finished jobs of the batches that are not finished themselves.
    var batches: [String: Int] = [:]
}

/// How fast jobs are finished, from counts of the last while.
struct FinishRates: Sendable {
    /// Counts further back say little of now.
    private static let window: Int64 = 60_000
    /// The jobs of a batch may take minutes each.
    private static let batchWindow: Int64 = 300_000
    private static let historyWindow: Int64 = 900_000
    private static let historyStep: Int64 = 15_000

    private var counts: [FinishedJobs] = []
    /// A count for each step of the history.
    private var steps: [FinishedJobs] = []

    mutating func add(_ count: FinishedJobs) {
        counts.append(count)
        while counts.count > 2, count.time - counts[0].time > Self.batchWindow { counts.removeFirst() }
        if steps.last.map({ count.time - $0.time >= Self.historyStep }) ?? true {
            steps.append(count)
            steps.removeAll { count.time - $0.time > Self.historyWindow }
        }
    }

    /// Jobs and seconds of audio that are finished in a second; `nil` before the second count.
    var now: (jobs: Double, seconds: Double)? {
        guard let last = counts.last,
            let first = counts.first(where: { last.time - $0.time <= Self.window }), first.time < last.time
        else { return nil }
        return Self.rate(first, last)
    }

    /// Seconds of audio finished in a second, over the last quarter of an hour.
    var history: [Double] { zip(steps, steps.dropFirst()).map { Self.rate($0, $1).seconds } }

    /// How long a batch takes if it goes on as it does, in seconds; `nil` where that can't be told.
    func remainingSeconds(ofBatch name: String, finished: Int, of all: Int) -> Double? {
        guard finished < all, let first = counts.first(where: { $0.batches[name] != nil }), let last = counts.last,
            let before = first.batches[name], finished > before, last.time > first.time
        else { return nil }
        return Double(all - finished) * Double(last.time - first.time) / 1000 / Double(finished - before)
    }

    /// What leaves the index takes its counts along, which is no progress backwards.
    private static func rate(_ first: FinishedJobs, _ last: FinishedJobs) -> (jobs: Double, seconds: Double) {
        let seconds = Double(last.time - first.time) / 1000
        guard seconds > 0 else { return (0, 0) }
        return (
            max(0, Double(last.jobs - first.jobs)) / seconds, max(0, last.seconds - first.seconds) / seconds
        )
    }
}
