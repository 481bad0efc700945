import Jobs
import Kafka

/// How a fleet's topics are set up: what `dragoman topics create` makes of them.
///
/// All keep records by age and none is compacted. A job is only kept for as long as it may wait, and a batch can be
/// gathered for as long as its results are there, so both are thirty days; what failed is kept for people to look at, and
/// longer. Times are those of the topic's settings, which `configuration` overrides.
public struct TopicLayout: Sendable {
    /// The topics' names.
    public var topics: TopicNames
    /// Partitions of jobs, jobs.bulk and results, and of the retries: at least twice the most workers.
    public var partitions: Int
    /// How many brokers keep each partition; `nil` leaves it to the brokers.
    public var replicationFactor: Int?
    /// Settings of all topics by Kafka's names, before those of the layout.
    public var configuration: [String: String]

    /// Creates a layout.
    public init(
        topics: TopicNames, partitions: Int, replicationFactor: Int? = nil, configuration: [String: String] = [:]
    ) {
        self.topics = topics
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configuration = configuration
    }

    /// Topics that need equally many partitions: a result, and a job that is to be tried again, go to the partition
    /// number the job came from.
    public static func equallyPartitioned(_ topics: TopicNames) -> [String] {
        topics.lanes + [topics.results] + topics.retries
    }

    /// What to create, in the order of ``TopicNames/all``.
    public var plans: [KafkaTopicPlan] { topics.all.map(plan) }

    /// What to create for one topic.
    public func plan(_ topic: String) -> KafkaTopicPlan {
        var settings = ["cleanup.policy": "delete", "retention.ms": Self.milliseconds(days: 30)]
        // With three replicas one may be missing and nothing that is acknowledged is lost.
        if let replicationFactor, replicationFactor >= 3 { settings["min.insync.replicas"] = "2" }
        if topic == topics.deadLetters {
            settings["retention.ms"] = Self.milliseconds(days: 90)
            // The bytes as they came, up to the usual limit, with headers that say why they are here.
            settings["max.message.bytes"] = "2097152"
        }
        let isSmall = [topics.deadLetters, topics.batches, topics.controls].contains(topic)
        return KafkaTopicPlan(
            name: topic, partitions: isSmall ? 1 : partitions, replicationFactor: replicationFactor ?? -1,
            configuration: settings.merging(configuration) { $1 })
    }

    private static func milliseconds(days: Int) -> String { String(days * 24 * 60 * 60 * 1000) }
}
