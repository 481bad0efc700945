import FoundationEssentials

/// What waits for a group of workers, at one time.
public struct LagReport: Sendable, Hashable {
    /// The workers' consumer group; `nil` where a gateway doesn't tell.
    public var group: String?
    /// When the reading was complete.
    public var time: Date
    /// Every partition of every lane, by lane and number, and after them those of the retries.
    public var partitions: [PartitionLag]
    /// Whether the broker told who has which partition.
    public var ownersAreKnown: Bool
    /// What waits in each lane and for each delay, in the order of ``lanes``; empty where that was not looked at.
    public var backlogs: [LaneBacklog] = []
    /// Dead letters that nobody has dealt with, by reason; `nil` where they were not counted.
    public var deadLetters: [String: Int]?

    /// Creates a report.
    public init(group: String?, time: Date, partitions: [PartitionLag], ownersAreKnown: Bool) {
        self.group = group
        self.time = time
        self.partitions = partitions
        self.ownersAreKnown = ownersAreKnown
    }

    /// The topics, in the order of ``partitions``.
    public var lanes: [String] {
        partitions.reduce(into: []) { lanes, each in
            if lanes.last != each.topic { lanes.append(each.topic) }
        }
    }

    /// The partitions of one lane.
    public func partitions(of lane: String) -> [PartitionLag] { partitions.filter { $0.topic == lane } }

    /// Records of one lane from the first job of each partition on that is not finished.
    public func lag(of lane: String) -> Int64 { partitions(of: lane).reduce(0) { $0 + $1.lag } }

    /// What waits in a lane, where that was looked at.
    public func backlog(of lane: String) -> LaneBacklog? { backlogs.first { $0.topic == lane } }

    /// Jobs of one lane that are not finished, those left out that are finished out of their order.
    public func waiting(of lane: String) -> Int64 { partitions(of: lane).reduce(0) { $0 + $1.waiting } }

    /// Such records over all lanes and retries.
    public var totalLag: Int64 { partitions.reduce(0) { $0 + $1.lag } }

    /// Those of them that failed before and are not to be tried again before their time.
    public var delayedLag: Int64 { partitions.reduce(0) { $0 + ($1.isDelayed ? $1.lag : 0) } }

    /// Whether a topic is one of the retries.
    public func isDelayed(_ lane: String) -> Bool { partitions.contains { $0.topic == lane && $0.isDelayed } }
}
