import Jobs
import Kafka
import Logging

/// Takes jobs from Kafka, does several at a time, and commits each when its result and those before it are acknowledged.
public struct WorkerService: Sendable {
    private let configuration: WorkerConfiguration
    private let processor: JobProcessor
    private let logger: Logger

    /// Creates a worker.
    public init(configuration: WorkerConfiguration, processor: JobProcessor, logger: Logger) {
        self.configuration = configuration
        self.processor = processor
        self.logger = logger
    }

    /// Works until the task is cancelled. Then what is in flight is finished as far as the grace period allows and
    /// committed, the rest is left to other workers, and the group is left.
    /// - Throws: ``WorkerError`` when the topics are not as they must be, `KafkaError` when Kafka can't be worked with. What
    ///   was not committed by then, another worker does again.
    public func run() async throws {
        try await checkTopics()
        let session = try WorkerSession(configuration: configuration, processor: processor, logger: logger)
        logger.info(
            "waiting for jobs",
            metadata: ["topics": "\(configuration.topics.prefix)*", "group": "\(configuration.group)"])
        let outcome = await Result { () async throws in try await session.takeJobs() }
        // A task of its own does not hear of the cancellation.
        await Task { await session.end() }.value
        try outcome.get()
    }

    private func checkTopics() async throws {
        let reader = try KafkaReader(configuration: configuration.kafka, logger: logger)
        let outcome = await Result { () async throws in try await TopicCheck.run(configuration.topics, reader: reader) }
        await reader.close(timeout: .seconds(2))
        try outcome.get()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
