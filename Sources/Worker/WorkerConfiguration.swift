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
    /// Jobs in flight at most: fetched, decoded, waiting for the engine, in it, or being written. See ``JobProcessor``
    /// for the memory each may take.
    public var inFlight: Int
    /// How long a worker that is told to stop may take: to finish what it has in flight, to commit and to leave.
    public var grace: Duration

    /// Creates a configuration.
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, name: String, bufferLimit: Int = 64,
        inFlight: Int = 4, grace: Duration = .seconds(30)
    ) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.name = name
        self.bufferLimit = bufferLimit
        self.inFlight = inFlight
        self.grace = grace
    }
}
