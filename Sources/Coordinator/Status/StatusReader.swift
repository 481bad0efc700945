import Jobs
import Kafka
import Logging

/// Looks up how a batch or a job is doing, from the topics alone and without waiting for anything.
public struct StatusReader: Sendable {
    let kafka: KafkaConfiguration
    let topics: TopicNames
    let group: String
    let logger: Logger

    /// Creates a reader of the status.
    /// - Parameter group: the workers' consumer group, which tells what is still in the queue.
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.logger = logger
    }

    /// What an id stands for; a batch goes before a job of the same id.
    /// - Throws: `KafkaError`; `CancellationError`.
    public func status(of id: String) async throws -> FleetStatus {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let found: Result<FleetStatus, any Error>
        do {
            if let batch = try await batchStatus(of: id, reader) {
                found = .success(.batch(batch))
            } else if let job = try await jobStatus(of: id, reader) {
                found = .success(.job(job))
            } else {
                found = .success(.unknown)
            }
        } catch {
            found = .failure(error)
        }
        await reader.close()
        return try found.get()
    }
}
