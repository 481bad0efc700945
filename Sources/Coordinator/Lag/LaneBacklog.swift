import FoundationEssentials

/// What waits in one lane, or for one delay, and how fast it gets less.
public struct LaneBacklog: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// Jobs that are not finished.
    public var jobs: Int64
    /// Their audio; `nil` where there is nothing to tell by: no hints, and no results yet.
    public var audioSeconds: Double?
    /// When the first of them was submitted.
    public var oldest: Date?
    /// How fast the workers get on; `nil` where nothing came of late.
    public var drain: DrainRate?
    /// When it will be empty; `nil` where nothing gets on.
    public var timeToEmpty: TimeEstimate?

    /// Creates a lane's backlog.
    public init(topic: String, jobs: Int64) {
        self.topic = topic
        self.jobs = jobs
    }
}
