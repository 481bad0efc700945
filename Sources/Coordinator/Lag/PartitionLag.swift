/// How far the workers of a group are in one partition of a lane.
public struct PartitionLag: Sendable, Hashable {
    /// The lane's topic.
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

    /// Creates a partition's reading.
    public init(
        topic: String, partition: Int32, low: Int64, end: Int64, committed: Int64? = nil, owner: String? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.low = low
        self.end = end
        self.committed = committed
        self.owner = owner
    }

    /// Jobs that are not finished, never negative.
    ///
    /// Where nothing is committed, or an offset that the log does not have (its records have expired, or the topic was
    /// made anew), workers begin at the earliest record: all there is counts.
    public var lag: Int64 {
        guard end > low else { return 0 }
        guard let committed, (low...end).contains(committed) else { return end - low }
        return end - committed
    }
}
