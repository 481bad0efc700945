import AudioStore
import Jobs
import Kafka
import Logging
import Synchronization
import TestSupport
import Worker

/// A broker with the fleet's topics, a folder with a recording, and what a test does with them.
final class Fleet: Sendable {
    static let partitions = 4

    let topics: TopicNames
    let folder: TemporaryDirectory
    let kafka: KafkaConfiguration
    let logger: Logger
    private let broker: Mutex<EmbeddedBroker?>

    init() throws {
        topics = try TopicNames(prefix: "t.")
        let broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: Self.partitions) })
        self.broker = Mutex(broker)
        folder = try TemporaryDirectory()
        try folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "a.wav")
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, properties: EmbeddedBroker.sessionSettings)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
    }

    func worker(
        _ name: String, engine: any TranslationEngine = ScriptedEngine(), store: (any AudioStore)? = nil,
        inFlight: Int = 4, grace: Duration = .seconds(30)
    ) throws -> WorkerService {
        let configuration = WorkerConfiguration(
            kafka: kafka, topics: topics, group: "g", name: name, inFlight: inFlight, grace: grace)
        return WorkerService(
            configuration: configuration,
            processor: JobProcessor(
                configuration: configuration, engine: engine, store: try store ?? FileAudioStore(roots: [folder.path])),
            logger: logger)
    }

    /// Ends the broker; what it held is gone.
    func stopBroker() {
        broker.withLock { $0 = nil }
    }

    func job(_ id: String) throws -> TranslationJob {
        var job = TranslationJob()
        job.id = id
        job.audio.uri = try FileURI.make(path: folder.file("a.wav"))
        return job
    }

    func submit(_ jobs: [TranslationJob], partition: Int32 = 0) async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        for job in jobs {
            let value = try MessageCodec.encode(job, as: .json)
            try await producer.send(topic: topics.jobs, partition: partition, key: Array(job.id.utf8), value: value)
        }
        await producer.close()
    }

    func callOff(_ jobID: String) async throws {
        var cancellation = Cancellation()
        cancellation.jobID = jobID
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        try await producer.send(
            topic: topics.controls, key: Array(jobID.utf8), value: MessageCodec.encode(cancellation, as: .json))
        await producer.close()
    }

    /// Commits as a member of the group that then leaves.
    func commit(_ offset: KafkaOffset) async throws {
        let (assigned, assignment) = AsyncStream<Int>.makeStream()
        let consumer = try KafkaGroupConsumer(
            configuration: kafka, group: "g", streams: [KafkaStream(topics: topics.sources, bufferLimit: 1)],
            startsPaused: true, logger: logger,
            rebalance: KafkaRebalanceHandler(assigned: { _, epoch in assignment.yield(epoch) }))
        for await _ in assigned { break }
        let failures = try await consumer.commit([offset])
        await consumer.close()
        if let failure = failures.values.first { throw failure }
    }

    /// The first results that appear.
    func results(count: Int) async throws -> [TranslationResult] {
        try await records(topics.results, count: count).map { try $0.result() }
    }

    /// Waits until all these jobs have a result.
    func waitForResults(of ids: [String]) async throws {
        var missing = Set(ids)
        _ = try await records(topics.results) { records in
            if let id = try records.last?.result().jobID { missing.remove(id) }
            return missing.isEmpty
        }
    }

    /// The first records that appear in a topic.
    func records(_ topic: String, count: Int) async throws -> [KafkaRecord] {
        try await records(topic) { $0.count == count }
    }

    private func records(_ topic: String, until isDone: ([KafkaRecord]) throws -> Bool) async throws -> [KafkaRecord] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        var records: [KafkaRecord] = []
        let starts = Dictionary(uniqueKeysWithValues: (0..<Int32(Self.partitions)).map { ($0, Int64(0)) })
        for try await record in try await reader.read(topic: topic, from: starts, until: .never) {
            records.append(record)
            if try isDone(records) { break }
        }
        await reader.close()
        return records
    }

    /// Waits, for as long as the test may last: a worker that has just been given partitions has to look up first what was
    /// done there.
    func waitUntilCommitted(_ expected: [Int32: Int64]) async throws {
        while try await committed() != expected { try await Task.sleep(for: .milliseconds(50)) }
    }

    func committed() async throws -> [Int32: Int64] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let offsets = try await reader.committedOffsets(group: "g", topics: [topics.jobs])
        await reader.close()
        return Dictionary(uniqueKeysWithValues: offsets.map { ($0.partition, $0.offset) })
    }
}

extension KafkaRecord {
    func result() throws -> TranslationResult {
        try MessageCodec.decode(from: value, headers: headers.map { MessageHeader(name: $0.key, value: $0.value) })
    }

    func header(_ name: HeaderName) -> String? {
        headers.last { $0.key == name.rawValue }?.value.map { String(decoding: $0, as: UTF8.self) }
    }
}
