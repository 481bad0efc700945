/// A topic to be created.
public struct KafkaTopicPlan: Sendable, Hashable {
    /// The topic's name.
    public var name: String
    /// How many partitions it is to have.
    public var partitions: Int
    /// How many brokers keep each partition; -1 leaves it to the brokers.
    public var replicationFactor: Int
    /// Topic settings by Kafka's names, such as `retention.ms`.
    public var configuration: [String: String]

    /// Creates a plan.
    public init(name: String, partitions: Int, replicationFactor: Int = -1, configuration: [String: String] = [:]) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }
}
