import Kafka

/// A step towards topics as they should be.
public enum TopicChange: Sendable, Hashable {
    /// Makes a topic.
    case create(KafkaTopicPlan)
    /// Gives a topic more partitions.
    case addPartitions(topic: String, from: Int, to: Int)

    /// The topic that changes.
    public var topic: String {
        switch self {
        case .create(let plan): plan.name
        case .addPartitions(let topic, _, _): topic
        }
    }
}
