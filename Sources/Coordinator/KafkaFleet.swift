import Jobs
import Kafka
import Logging
import Synchronization

/// A fleet by its topics.
public final class KafkaFleet: Fleet {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let group: String
    private let format: WireFormat
    private let logger: Logger
    /// Made for the first reading, and kept for the others.
    private let lagObserver = Mutex<LagObserver?>(nil)

    /// Creates a fleet's view. Each call connects by itself, but for the readings of the lag, which share a connection.
    /// - Parameters:
    ///   - group: the workers' consumer group, which tells what is still in the queue.
    ///   - format: how jobs, and with them their results, are encoded.
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, format: WireFormat = .protobuf, logger: Logger
    ) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.format = format
        self.logger = logger
    }

    /// See ``Submitter``.
    public func submit(
        _ batch: JobBatch, options: SubmitOptions, progress: @escaping @Sendable (SubmitProgress) -> Void
    ) async throws -> SubmitSummary {
        try await Submitter(kafka: kafka, topics: topics, group: group, format: format, logger: logger)
            .submit(batch, options: options, progress: progress)
    }

    /// See ``Gatherer``.
    public func gather(
        batchID: String, timeout: Duration?, progress: @escaping @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch {
        try await Gatherer(kafka: kafka, topics: topics, group: group, logger: logger)
            .gather(batchID: batchID, timeout: timeout, progress: progress)
    }

    /// See ``StatusReader``.
    public func status(of id: String) async throws -> FleetStatus {
        try await StatusReader(kafka: kafka, topics: topics, group: group, logger: logger).status(of: id)
    }

    /// See ``Canceller``.
    public func cancel(_ request: CancelRequest) async throws -> CancelOutcome {
        try await Canceller(kafka: kafka, topics: topics, group: group, logger: logger).cancel(request)
    }

    /// See ``CancelWatcher``.
    public func wait(
        for cancelled: CancelOutcome, timeout: Duration?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> CancelWatcher.Outcome {
        try await CancelWatcher(kafka: kafka, topics: topics, group: group, logger: logger)
            .wait(for: cancelled, timeout: timeout, progress: progress)
    }

    /// See ``LagObserver``.
    public func lag() async throws -> LagReport {
        let observer = try lagObserver.withLock { observer throws(KafkaError) in
            if let observer { return observer }
            var options = LagObserver.Options()
            // Somebody waits for the answer.
            options.jobLimit = 100_000
            let new = try LagObserver(kafka: kafka, topics: topics, group: group, options: options, logger: logger)
            observer = new
            return new
        }
        return try await observer.read()
    }

    /// Ends the connection that readings of the lag share.
    public func close() async {
        await lagObserver.withLock { $0.take() }?.close()
    }
}
