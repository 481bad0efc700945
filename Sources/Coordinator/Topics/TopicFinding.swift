/// What a look at one of the fleet's topics found.
public struct TopicFinding: Sendable, Hashable {
    /// What is wrong with a topic.
    public enum Problem: Sendable, Hashable {
        /// It does not exist.
        case missing
        /// It has fewer partitions than those it must be equal to.
        case tooFewPartitions(wanted: Int)
    }

    /// The topic's name.
    public var topic: String
    /// How many partitions it has; `nil` where it does not exist.
    public var partitions: Int?
    /// What is wrong; `nil` when it is as it should be.
    public var problem: Problem?

    /// Creates a finding.
    public init(topic: String, partitions: Int?, problem: Problem?) {
        self.topic = topic
        self.partitions = partitions
        self.problem = problem
    }
}
