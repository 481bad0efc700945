import Jobs
import Kafka
import Logging

/// Takes jobs from Kafka, does them one at a time, and commits each when its result is acknowledged.
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

    /// Works until the task is cancelled: then the job in hand is finished and committed and the group is left.
    /// - Throws: ``WorkerError`` when the topics are not as they must be, `KafkaError` when Kafka can't be worked with. What
    ///   was not committed by then, another worker does again.
    public func run() async throws {
        try await checkTopics()
        let topics = configuration.topics
        let producer = try KafkaProducer(configuration: configuration.kafka, logger: logger)
        let publisher = JobPublisher(
            producer: producer, topics: topics, worker: configuration.name,
            retries: RetryPolicy(attempts: .max, firstDelay: .seconds(1)), logger: logger)
        let consumer = try KafkaGroupConsumer(
            configuration: configuration.kafka, group: configuration.group, topics: [topics.jobs, topics.bulkJobs],
            bufferLimit: configuration.bufferLimit, logger: logger)
        logger.info("waiting for jobs", metadata: ["topics": "\(topics.prefix)*", "group": "\(configuration.group)"])
        let outcome = await Result { () async throws in try await work(consumer, publisher) }
        await consumer.close(timeout: configuration.closeTimeout)
        await producer.close(timeout: configuration.closeTimeout)
        logger.info("left the group")
        try outcome.get()
    }

    private func work(_ consumer: KafkaGroupConsumer, _ publisher: JobPublisher) async throws {
        for try await taken in consumer.records {
            // A task of its own does not hear of the cancellation, and so finishes the job.
            let job = Task { try await handle(taken, consumer, publisher) }
            try await job.value
        }
    }

    private func handle(
        _ taken: KafkaGroupRecord, _ consumer: KafkaGroupConsumer, _ publisher: JobPublisher
    ) async throws {
        let record = taken.record
        guard consumer.owns(topic: record.topic, partition: record.partition, epoch: taken.epoch) else { return }
        let start = ContinuousClock.now
        let outcome = await processor.process(record)
        try await publisher.publish(outcome, of: record)
        log(outcome, of: record, seconds: start.duration(to: .now).inSeconds)
        do {
            try await consumer.commit([
                KafkaOffset(
                    topic: record.topic, partition: record.partition, offset: record.offset + 1, epoch: taken.epoch)
            ])
        } catch {
            // The result is out; at worst the partition's next owner does the job once more and says the same.
            logger.warning("could not commit", metadata: record.metadata(["error": "\(error)"]))
        }
    }

    private func checkTopics() async throws {
        let reader = try KafkaReader(configuration: configuration.kafka, logger: logger)
        let outcome = await Result { () async throws in try await TopicCheck.run(configuration.topics, reader: reader) }
        await reader.close(timeout: configuration.closeTimeout)
        try outcome.get()
    }

    /// One line per job. Neither the text nor the audio's name is anybody's business.
    private func log(_ outcome: JobOutcome, of record: KafkaRecord, seconds: Double) {
        if let failure = outcome.deadLetter {
            logger.warning("dead letter", metadata: record.metadata(["reason": "\(failure.reason.schemaName)"]))
        }
        guard let result = outcome.result else { return }
        var metadata: Logger.Metadata = [
            "job": "\(result.jobID)", "run": "\(result.run)", "status": "\(result.status.schemaName)",
            "audio_seconds": "\(result.audioSeconds.rounded(to: 3))", "seconds": "\(seconds.rounded(to: 3))",
            "queue": "\(result.timings.queue.rounded(to: 3))", "fetch": "\(result.timings.fetch.rounded(to: 3))",
            "decode": "\(result.timings.decode.rounded(to: 3))", "encode": "\(result.timings.encode.rounded(to: 3))",
            "generate": "\(result.timings.generate.rounded(to: 3))",
        ]
        if result.hasError { metadata["reason"] = "\(result.error.reason.schemaName)" }
        logger.info("job", metadata: record.metadata(metadata))
    }
}

extension KafkaRecord {
    fileprivate func metadata(_ more: Logger.Metadata) -> Logger.Metadata {
        more.merging(["origin": "\(topic)/\(partition)/\(offset)"]) { own, _ in own }
    }
}

extension Double {
    fileprivate func rounded(to digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
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
