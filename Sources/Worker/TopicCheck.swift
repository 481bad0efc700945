import Jobs
import Kafka

/// What must hold of the topics before a worker takes its first job.
public enum TopicCheck {
    /// Checks that the topics exist, and that a result has a partition of its job's number to go to.
    /// - Returns: How many partitions the topic `controls` has.
    /// - Throws: ``WorkerError`` that says which topic to create or change; `KafkaError` when the brokers don't answer.
    public static func run(_ topics: TopicNames, reader: KafkaReader) async throws -> Int {
        let jobs = try await partitionCount(of: topics.jobs, reader: reader)
        for topic in topics.sources + [topics.results] {
            let count = try await partitionCount(of: topic, reader: reader)
            guard count == jobs else {
                throw WorkerError(
                    .partitionCountsDiffer,
                    "topic \(topic) has \(count) partitions and \(topics.jobs) has \(jobs): they must have equally "
                        + "many, since a result goes to the partition number its job came from; 'dragoman topics create' "
                        + "adds what is missing")
            }
        }
        _ = try await partitionCount(of: topics.deadLetters, reader: reader)
        return try await partitionCount(of: topics.controls, reader: reader)
    }

    private static func partitionCount(of topic: String, reader: KafkaReader) async throws -> Int {
        do {
            return try await reader.partitionCount(of: topic)
        } catch let error as KafkaError where error.code == .unknownTopic {
            throw WorkerError(
                .missingTopic,
                "topic \(topic) does not exist: create the fleet's topics with 'dragoman topics create', or give the prefix "
                    + "they have with --prefix",
                cause: error)
        }
    }
}
