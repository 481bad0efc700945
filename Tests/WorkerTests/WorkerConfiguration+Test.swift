import Jobs
import Kafka
import Worker

extension WorkerConfiguration {
    /// For tests that need no broker.
    static var test: WorkerConfiguration {
        get throws {
            WorkerConfiguration(
                kafka: KafkaConfiguration(bootstrapServers: ""), topics: try TopicNames(prefix: "t."), group: "g",
                name: "w")
        }
    }
}
