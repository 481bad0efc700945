import AudioStore
import Jobs
import Kafka
import Logging
import Monitoring

/// Takes jobs from Kafka, does several at a time, and commits each when its result and those before it are acknowledged.
public struct WorkerService: Sendable {
    private let configuration: WorkerConfiguration
    private let processor: JobProcessor
    private let archive: ResultStore?
    private let links: WorkerLinks
    private let metrics: WorkerMetrics?
    private let health: HealthState
    private let logger: Logger

    /// Creates a worker.
    /// - Parameters:
    ///   - archive: where results are written to besides the topic.
    ///   - metrics: where it is counted what happens.
    ///   - health: what is told how the worker is.
    public init(
        configuration: WorkerConfiguration, processor: JobProcessor, archive: ResultStore? = nil,
        metrics: WorkerMetrics? = nil, health: HealthState = HealthState(), logger: Logger
    ) {
        self.init(
            configuration: configuration, processor: processor, archive: archive, links: .standard, metrics: metrics,
            health: health, logger: logger)
    }

    init(
        configuration: WorkerConfiguration, processor: JobProcessor, archive: ResultStore? = nil, links: WorkerLinks,
        metrics: WorkerMetrics? = nil, health: HealthState = HealthState(), logger: Logger
    ) {
        self.configuration = configuration
        self.processor = processor
        self.archive = archive
        self.links = links
        self.metrics = metrics
        self.health = health
        self.logger = logger
    }

    /// Works until the task is cancelled. Then what is in flight is finished as far as the grace period allows and
    /// committed, the rest is left to other workers, and the group is left.
    /// - Throws: ``WorkerError`` when the topics are not as they must be, `KafkaError` when Kafka can't be worked with. What
    ///   was not committed by then, another worker does again.
    public func run() async throws {
        let session = try WorkerSession(
            configuration: configuration, processor: processor, archive: archive,
            controlPartitions: try await checkTopics(), links: links, metrics: metrics, logger: logger)
        let watchdog = try Watchdog(limit: configuration.standstillLimit, logger: logger) { session.pulse }
        defer { watchdog.stop() }
        watch(session, watchdog)
        logger.info(
            "waiting for jobs",
            metadata: ["topics": "\(configuration.topics.prefix)*", "group": "\(configuration.group)"])
        let outcome = await Result(catching: { () async throws in try await session.takeJobs() })
        health.fail(.ready, "stopping")
        // A task of its own does not hear of the cancellation.
        await Task { await session.end() }.value
        try outcome.get()
    }

    /// Lets it be seen how a session is doing.
    private func watch(_ session: WorkerSession, _ watchdog: Watchdog) {
        metrics?.setSource { session.reading(watchdog) }
        health.set(.live) { watchdog.standstill.map { "no progress: \($0)" } }
        health.pass(.started)
        health.set(.ready) { session.table.wasAssigned ? nil : "waiting for the group to assign partitions" }
    }

    /// - Returns: How many partitions the topic `controls` has.
    private func checkTopics() async throws -> Int {
        let reader = try KafkaReader(configuration: configuration.kafka, logger: logger)
        let outcome = await Result(catching: { () async throws in
            try await TopicCheck.run(configuration.topics, reader: reader)
        })
        await reader.close(timeout: .seconds(2))
        return try outcome.get()
    }
}
