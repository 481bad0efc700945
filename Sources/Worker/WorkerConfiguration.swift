import Jobs
import Kafka

/// What a worker needs to know besides its engine and its storage.
public struct WorkerConfiguration: Sendable {
    /// The brokers.
    public var kafka: KafkaConfiguration
    /// The fleet's topics.
    public var topics: TopicNames
    /// The consumer group: one per model.
    public var group: String
    /// The worker's name in results and logs; of the form of a job id.
    public var name: String
    /// Records fetched ahead at most.
    public var bufferLimit: Int
    /// How long leaving the group and the brokers may take.
    public var closeTimeout: Duration

    /// Creates a configuration.
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, name: String, bufferLimit: Int = 64,
        closeTimeout: Duration = .seconds(10)
    ) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.name = name
        self.bufferLimit = bufferLimit
        self.closeTimeout = closeTimeout
    }
}
