import FoundationEssentials

/// What waits for a group of workers, at one time.
public struct LagReport: Sendable, Hashable {
    /// The workers' consumer group.
    public var group: String
    /// When the reading was complete.
    public var time: Date
    /// Every partition of every lane, by lane and number.
    public var partitions: [PartitionLag]
    /// Whether the broker told who has which partition.
    public var ownersAreKnown: Bool

    /// Creates a report.
    public init(group: String, time: Date, partitions: [PartitionLag], ownersAreKnown: Bool) {
        self.group = group
        self.time = time
        self.partitions = partitions
        self.ownersAreKnown = ownersAreKnown
    }

    /// The lanes' topics, in the order of ``partitions``.
    public var lanes: [String] {
        partitions.reduce(into: []) { lanes, each in
            if lanes.last != each.topic { lanes.append(each.topic) }
        }
    }

    /// The partitions of one lane.
    public func partitions(of lane: String) -> [PartitionLag] { partitions.filter { $0.topic == lane } }

    /// Jobs of one lane that are not finished.
    public func lag(of lane: String) -> Int64 { partitions(of: lane).reduce(0) { $0 + $1.lag } }

    /// Jobs that are not finished, over all lanes.
    public var totalLag: Int64 { partitions.reduce(0) { $0 + $1.lag } }
}
