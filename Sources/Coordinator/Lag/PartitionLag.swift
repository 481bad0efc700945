import FoundationEssentials
import Ledger

/// How far the workers of a group are in one partition of a lane, or of jobs that are to be tried again.
public struct PartitionLag: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// The partition's number.
    public var partition: Int32
    /// The first offset that can still be read.
    public var low: Int64
    /// The offset the next job will get.
    public var end: Int64
    /// The offset of the first job that is not finished; `nil` where the group has committed nothing.
    public var committed: Int64?
    /// The member of the group that has the partition, where there is one and the broker tells.
    public var owner: String?
    /// Whether what waits here failed before and is not to be tried again before its time.
    public var isDelayed: Bool
    /// Jobs beyond the committed offset that are finished nevertheless.
    public var finishedAhead: Int64
    /// Audio of the jobs that are not finished; `nil` where that was not looked at, or there is nothing to tell by.
    public var audioSeconds: Double?
    /// When the first job that is not finished was submitted, where that was looked at.
    public var oldest: Date?
    /// Whether jobs wait and nothing has happened for a while.
    public var isStuck = false
    /// What the last commit tells beside its offset.
    var ledger: LedgerRecord?

    /// Creates a partition's reading.
    public init(
        topic: String, partition: Int32, low: Int64, end: Int64, committed: Int64? = nil, owner: String? = nil,
        isDelayed: Bool = false, finishedAhead: Int64 = 0
    ) {
        self.topic = topic
        self.partition = partition
        self.low = low
        self.end = end
        self.committed = committed
        self.owner = owner
        self.isDelayed = isDelayed
        self.finishedAhead = finishedAhead
    }

    /// Where the workers go on.
    ///
    /// Where nothing is committed, or an offset that the log does not have (its records have expired, or the topic was
    /// made anew), they begin at the earliest record.
    var start: Int64 { committed.map { (low...max(low, end)).contains($0) ? $0 : low } ?? low }

    /// Records from the first job on that is not finished, never negative: what Kafka's tools call the lag.
    public var lag: Int64 { max(0, end - start) }

    /// Jobs that are not finished, never negative: the lag without those that are finished out of their order.
    public var waiting: Int64 { max(0, lag - finishedAhead) }

    /// The offsets of jobs that a worker has begun and not finished, as far as the last commit tells.
    public var started: [Int64] { ledger?.marks.filter(\.isStarted).map(\.offset) ?? [] }

    /// Whether the group was further than the partition goes: its records are lost, or the topic was made anew.
    public var hasLostRecords: Bool { committed.map { $0 > end } ?? false }
}
