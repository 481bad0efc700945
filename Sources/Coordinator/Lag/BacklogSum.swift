import FoundationEssentials

/// What some jobs that wait amount to. Those whose recordings' lengths are not known are counted by batch.
struct BacklogSum: Sendable {
    /// How many.
    var jobs: Int64 = 0
    /// Audio of those that tell how much they have.
    var seconds = 0.0
    /// Jobs that do not, by batch.
    var unknown: [BatchAverages.Index: Int] = [:]
    /// Jobs nobody has looked at, and their share of the audio by those that were.
    var unread: Int64 = 0
    /// When the first of them was submitted.
    var oldest: Date?

    mutating func add(_ job: WaitingJob) {
        jobs += 1
        if job.seconds.isNaN { unknown[job.batch, default: 0] += 1 } else { seconds += Double(job.seconds) }
    }

    static func += (sum: inout BacklogSum, other: BacklogSum) {
        sum.jobs += other.jobs
        sum.seconds += other.seconds
        sum.unknown.merge(other.unknown, uniquingKeysWith: +)
        sum.unread += other.unread
        sum.oldest = [sum.oldest, other.oldest].compactMap(\.self).min()
    }

    /// All audio with the variance of that; `nil` where some of it can't be told.
    func audio(_ averages: BatchAverages) -> (seconds: Double, variance: Double)? {
        var (total, variance) = (seconds, 0.0)
        for (batch, count) in unknown {
            guard let average = averages.average(of: batch) else { return nil }
            let count = Double(count)
            total += count * average.mean
            // Of the jobs themselves, and of the mean that is all that is known of them.
            variance += count * average.variance + count * count * average.variance / Double(average.count)
        }
        guard unread > 0 else { return (total, variance) }
        let read = Double(jobs - unread)
        guard read > 0 else { return nil }
        let share = Double(jobs) / read
        return (total * share, variance * share * share)
    }
}
