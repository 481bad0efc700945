import AudioStore
import Jobs
import Kafka
import Logging
import Synchronization

/// A worker's membership in its group, from joining to leaving.
struct WorkerSession: Sendable {
    /// How often to look whether what had to wait may begin.
    private static let lookInterval = Duration.milliseconds(100)

    let configuration: WorkerConfiguration
    let processor: JobProcessor
    let consumer: KafkaGroupConsumer
    let producer: ProducerSlot
    let results: KafkaFollower
    let controls: KafkaFollower
    let table: JobTable
    let loader: PartitionLoader
    let committer: LedgerCommitter
    let dispatcher: JobDispatcher
    let tasks: JobTasks
    let logger: Logger
    /// What makes going on useless.
    let failures: AsyncStream<any Error>

    /// Joins the group.
    /// - Throws: `KafkaError` (configuration).
    init(
        configuration: WorkerConfiguration, processor: JobProcessor, archive: ResultStore?, controlPartitions: Int,
        links: WorkerLinks, metrics: WorkerMetrics?, logger: Logger
    ) throws {
        let topics = configuration.topics
        let kafka = configuration.kafka
        let table = JobTable(session: .random(in: 1 ... .max), retryTopics: topics.retries)
        let tasks = JobTasks()
        let patience = RetryPolicy(firstDelay: .milliseconds(100), longestDelay: .seconds(5))
        let producer = ProducerSlot(logger: logger) { try KafkaProducer(configuration: kafka, logger: logger) }
        let board = ControlBoard(logger: logger)
        let (failures, failure) = AsyncStream<any Error>.makeStream()

        // The consumer's callbacks need what needs the consumer.
        let ownership = PartitionOwnership()
        let consumer = try KafkaGroupConsumer(
            configuration: kafka, group: configuration.group,
            streams: [[topics.jobs], [topics.bulkJobs], topics.retries].map {
                KafkaStream(topics: $0, bufferLimit: configuration.bufferLimit)
            },
            startsPaused: true, logger: logger, rebalance: ownership.handler)
        let committer = LedgerCommitter(table: table, retries: patience, logger: logger, metrics: metrics) {
            offsets in
            try await consumer.commit(offsets)
        }
        let publisher = JobPublisher(
            producer: producer, topics: topics, worker: configuration.name,
            retries: RetryPolicy(attempts: .max, firstDelay: .seconds(1)), logger: logger)
        let runner = JobRunner(
            table: table, committer: committer, controls: board, processor: processor,
            publisher: Self.archiving(links.publisher(publisher), in: archive, logger), tasks: tasks,
            log: JobLog(logger: logger), metrics: metrics,
            failed: { failure.yield($0) })
        let dispatcher = JobDispatcher(
            slots: configuration.inFlight, table: table, bulkTopic: topics.bulkJobs, readMessage: processor.read,
            setPaused: { partitions, isPaused in
                if isPaused { consumer.pause(partitions) } else { consumer.resume(partitions) }
            },
            start: { job, ended in
                tasks.start(job) { job, stop in
                    await runner.run(job, stop)
                    ended()
                }
            })
        let results = try KafkaFollower(configuration: kafka, topic: topics.results, logger: logger) { records in
            let stops = Set(table.note(records.map(ResultNote.init)).map(ObjectIdentifier.init))
            if !stops.isEmpty { tasks.stop { _, stop in stops.contains(ObjectIdentifier(stop)) ? .answered : nil } }
            committer.commitChanges()
        }
        let controls = try KafkaFollower(configuration: kafka, topic: topics.controls, logger: logger) { records in
            guard board.add(records) else { return }
            let words = { (job: TakenJob) in job.message.job.flatMap(board.cancellation(of:))?.words }
            tasks.stop { job, _ in words(job).map { .cancelled($0) } }
            dispatcher.hurry { words($0) != nil }
        }
        let controlsStart = Dictionary(
            uniqueKeysWithValues: (0..<Int32(clamping: controlPartitions)).map { ($0, Int64(0)) })
        let loader = PartitionLoader(
            table: table, controls: board,
            sources: PartitionLoader.Sources(
                committed: { links.committed(try await consumer.committed($0)) },
                readControls: { _ = try await controls.follow(controlsStart) },
                followResults: { _ = try await results.follow($0) },
                resume: { consumer.resume($0) }),
            retries: patience, logger: logger)
        ownership.open(
            PartitionOwnership.Parts(
                table: table, loader: loader, dispatcher: dispatcher, stopResults: results.stop,
                publish: { release in
                    try await producer.write(release.record(for: topics.controls, worker: configuration.name))
                }, metrics: metrics, logger: logger))
        self.configuration = configuration
        self.processor = processor
        self.consumer = consumer
        self.producer = producer
        self.results = results
        self.controls = controls
        self.loader = loader
        self.table = table
        self.committer = committer
        self.dispatcher = dispatcher
        self.tasks = tasks
        self.logger = logger
        self.failures = failures
    }

    private static func archiving(
        _ publisher: any OutcomePublisher, in archive: ResultStore?, _ logger: Logger
    ) -> any OutcomePublisher {
        guard let archive else { return publisher }
        return ArchivingPublisher(
            store: archive, publisher: publisher, retries: ArchivingPublisher.patience, logger: logger)
    }

    /// What the watchdog looks at.
    var pulse: Pulse {
        Pulse(
            lastPoll: consumer.lastPoll, jobsInEngine: processor.jobsInEngine,
            engineProgress: processor.engine.progress)
    }

    /// What a scrape tells.
    func reading(_ watchdog: Watchdog) -> WorkerReading {
        WorkerReading(
            jobsInFlight: dispatcher.runningCounts, ledgers: table.totals,
            sincePoll: consumer.lastPoll.duration(to: .now),
            sinceEngineProgress: watchdog.lastEngineProgress.duration(to: .now))
    }

    /// Takes jobs until the task is cancelled, and leaves them running.
    /// - Throws: `KafkaError` when reading or writing can't go on.
    func takeJobs() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Who waits for room hears of nothing else.
            defer {
                group.cancelAll()
                dispatcher.stop()
            }
            group.addTask { try await takeRecords(of: 0, lanes: [.interactive]) }
            group.addTask { try await takeRecords(of: 1, lanes: [.bulk]) }
            group.addTask { try await takeRecords(of: 2, lanes: Lane.allCases) }
            group.addTask { for await failure in failures { throw failure } }
            group.addTask {
                while (try? await Task.sleep(for: Self.lookInterval)) != nil {
                    dispatcher.lookAgain()
                    // Records whose jobs need not be run finish without anybody's asking for it.
                    committer.commitChanges()
                }
            }
            try await group.next()
        }
    }

    private func takeRecords(of stream: Int, lanes: [Lane]) async throws {
        for try await taken in consumer.records(of: stream) {
            dispatcher.add(taken)
            for lane in lanes { await dispatcher.room(in: lane) }
        }
    }
}
