import FoundationEssentials
import Kafka
import Ledger

/// The jobs of a partition that were not finished when they were last looked at, and what is known of them.
///
/// Jobs are read once, as they come, up to a limit; of those beyond it, it is assumed that they are like the others.
struct PartitionBacklog: Sendable {
    private let limit: Int
    private(set) var jobs: [WaitingJob] = []
    /// Up to where jobs have been read.
    private(set) var readEnd: Int64 = 0
    /// Finished offsets that results tell of.
    private var answered: Set<Int64> = []
    private static let mostAnswered = 100_000

    init(limit: Int) {
        self.limit = limit
    }

    /// Drops what is finished, and everything where the log was lost.
    mutating func advance(to lag: PartitionLag) {
        if readEnd > lag.end {
            jobs = []
            answered = []
            readEnd = lag.start
        }
        if let first = jobs.first, first.offset < lag.start {
            jobs.removeFirst(jobs.prefix { $0.offset < lag.start }.count)
        }
        readEnd = max(readEnd, lag.start)
        answered = answered.filter { $0 >= lag.start && $0 < lag.end }
    }

    /// The offsets to read, if any.
    func wanted(_ lag: PartitionLag) -> Range<Int64>? {
        jobs.count < limit && readEnd < lag.end ? readEnd..<lag.end : nil
    }

    /// Whether there is room for more jobs.
    var isFull: Bool { jobs.count >= limit }

    /// Takes a job; they come in order.
    mutating func add(_ job: WaitingJob) {
        guard job.offset >= readEnd else { return }
        jobs.append(job)
        readEnd = job.offset + 1
    }

    /// Notes that there are no more jobs before an offset.
    mutating func finishReading(_ end: Int64) {
        if !isFull { readEnd = max(readEnd, end) }
    }

    /// Notes that a result answers a job.
    mutating func answer(_ offset: Int64) {
        if answered.count < Self.mostAnswered { answered.insert(offset) }
    }

    /// Gives batches other places.
    mutating func move(_ places: [BatchAverages.Index: BatchAverages.Index]) {
        for index in jobs.indices { jobs[index].batch = places[jobs[index].batch] ?? 0 }
    }

    /// What waits, and what of that has been begun.
    func sums(_ lag: PartitionLag) -> (waiting: BacklogSum, begun: BacklogSum) {
        var (waiting, begun) = (BacklogSum(), BacklogSum())
        var finished = (lag.ledger?.finished ?? [])[...]
        var marks = (lag.ledger?.marks ?? [])[...]
        for job in jobs {
            finished = finished.drop { $0.upperBound < job.offset }
            marks = marks.drop { $0.offset < job.offset }
            if finished.first?.contains(job.offset) == true || answered.contains(job.offset) { continue }
            waiting.add(job)
            if waiting.jobs == 1 { waiting.oldest = job.date }
            if let mark = marks.first, mark.offset == job.offset, mark.isStarted { begun.add(job) }
        }
        waiting.unread = max(0, lag.end - readEnd)
        waiting.jobs += waiting.unread
        return (waiting, begun)
    }
}
