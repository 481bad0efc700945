import FoundationEssentials
import Kafka

/// Jobs that may not begin yet, in the order of their times.
struct DelayedJobs: Sendable {
    private var jobs: [(date: Date, job: TakenJob)] = []

    var isEmpty: Bool { jobs.isEmpty }
    /// The partitions that have one.
    var partitions: Set<KafkaPartition> { Set(jobs.map(\.job.id.partition)) }

    mutating func add(_ job: TakenJob, until date: Date) {
        let index = jobs.firstIndex { $0.date > date } ?? jobs.endIndex
        jobs.insert((date, job), at: index)
    }

    /// Takes out what may begin.
    mutating func due(at now: Date) -> [TakenJob] {
        let count = jobs.prefix { $0.date <= now }.count
        defer { jobs.removeFirst(count) }
        return jobs.prefix(count).map(\.job)
    }

    /// Takes out the jobs that match.
    mutating func remove(where matches: (TakenJob) -> Bool) -> [TakenJob] {
        let removed = jobs.filter { matches($0.job) }.map(\.job)
        jobs.removeAll { matches($0.job) }
        return removed
    }
}
