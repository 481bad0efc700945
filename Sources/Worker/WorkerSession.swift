import Jobs
import Kafka
import Logging

/// A worker's membership in its group, from joining to leaving.
struct WorkerSession: Sendable {
    private let configuration: WorkerConfiguration
    private let processor: JobProcessor
    private let publisher: JobPublisher
    private let consumer: KafkaGroupConsumer
    private let committer: OffsetCommitter
    private let table = JobTable()
    private let tasks: JobTasks
    private let logger: Logger
    private let log: JobLog
    /// What makes going on useless.
    private let failures = AsyncStream<any Error>.makeStream()

    /// Joins the group.
    /// - Throws: `KafkaError` (configuration).
    init(configuration: WorkerConfiguration, processor: JobProcessor, logger: Logger) throws {
        let topics = configuration.topics
        let table = table
        let consumer = try KafkaGroupConsumer(
            configuration: configuration.kafka, group: configuration.group, topics: [topics.jobs, topics.bulkJobs],
            bufferLimit: configuration.bufferLimit, logger: logger, onRebalance: table.rebalance)
        publisher = JobPublisher(
            producer: try KafkaProducer(configuration: configuration.kafka, logger: logger), topics: topics,
            worker: configuration.name, retries: RetryPolicy(attempts: .max, firstDelay: .seconds(1)), logger: logger)
        committer = OffsetCommitter(
            retries: RetryPolicy(longestDelay: .seconds(5)), logger: logger,
            isOwned: { offset in
                guard let epoch = offset.epoch else { return false }
                return consumer.owns(topic: offset.topic, partition: offset.partition, epoch: epoch)
            },
            commit: { offsets in
                try await consumer.commit(offsets)
                table.committed(offsets)
            })
        tasks = JobTasks(limit: configuration.inFlight)
        log = JobLog(logger: logger)
        self.consumer = consumer
        self.configuration = configuration
        self.processor = processor
        self.logger = logger
    }

    /// Takes jobs until the task is cancelled, and leaves them running.
    /// - Throws: `KafkaError` when reading or writing can't go on.
    func takeJobs() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await takeRecords() }
            group.addTask { for await failure in failures.stream { throw failure } }
            try await group.next()
        }
    }

    /// Finishes the jobs in flight as far as the grace period allows, commits, and leaves. Neither a broker that is gone
    /// nor storage that hangs makes it last longer.
    func end() async {
        let grace = configuration.grace
        let start = ContinuousClock.now
        // The last two parts are for committing and for leaving.
        let part = min(grace / 8, .seconds(2))
        logger.info("stopping", metadata: ["in_flight": "\(tasks.count)", "grace": "\(grace.inSeconds)"])
        _ = await ends(by: start + grace - part * 2, tasks.waitUntilIdle)
        if tasks.count > 0 {
            logger.warning("the grace period is over: jobs are given back", metadata: ["jobs": "\(tasks.count)"])
            tasks.cancelAll()
            _ = await ends(by: start + grace - part, tasks.waitUntilIdle)
        }
        if tasks.count > 0 {
            logger.error("jobs don't stop: they are left alone", metadata: ["jobs": "\(tasks.count)"])
        }
        _ = await ends(by: start + grace - part, committer.waitUntilIdle)
        if !committer.isIdle { logger.warning("can't commit any more: other workers will do some jobs again") }
        let rest = max(grace - start.duration(to: .now), .seconds(1))
        async let leaving: Void = consumer.close(timeout: rest)
        await publisher.producer.close(timeout: rest)
        await leaving
        logger.info("left the group")
    }

    private func takeRecords() async throws {
        for try await taken in consumer.records {
            switch table.take(taken) {
            case .run:
                do {
                    try await tasks.start { await perform(taken) }
                } catch {
                    return table.giveBack(taken)
                }
            case .skip(let offset): if let offset { committer.add(offset) }
            }
        }
    }

    private func perform(_ taken: KafkaGroupRecord) async {
        let start = ContinuousClock.now
        let record = taken.record
        do {
            guard table.claim(taken) else { throw JobWithdrawn() }
            // What a partition's next owner will do anyway is not begun; what is begun is finished and written, since
            // the first result counts, whoever wrote it.
            let outcome = try await processor.process(record) { job in
                guard table.claim(taken) else { return false }
                log.started(job, of: record)
                return true
            }
            try await publisher.publish(outcome, of: record)
            log.finished(outcome, of: record, seconds: start.duration(to: .now).inSeconds)
            if let offset = table.finish(taken) { committer.add(offset) }
        } catch {
            // A record that was withdrawn may have come again by now, and its job be running.
            if !(error is JobWithdrawn) { table.giveBack(taken) }
            log.givenBack(record, because: error)
            if !(error is JobWithdrawn || error is CancellationError) { failures.continuation.yield(error) }
        }
    }
}
