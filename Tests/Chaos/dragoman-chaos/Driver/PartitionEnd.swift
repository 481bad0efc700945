/// Where a partition ended, and how far the group had committed, when the run was over.
struct PartitionEnd: Codable, Sendable, Hashable {
    var topic: String
    var partition: Int32
    var low: Int64
    var end: Int64
    /// `nil` where nothing was committed or nobody takes jobs from it.
    var committed: Int64?
    var metadata: String?

    /// Whether the group is through with it.
    var isCommitted: Bool { committed ?? low == end }
}
