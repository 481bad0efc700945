import AudioStore
import Jobs
import Kafka
import Logging
import TestSupport
import Worker

/// A broker with the fleet's topics, a folder with a recording, and what a test does with them.
final class Fleet: Sendable {
    static let partitions = 4

    let broker: EmbeddedBroker
    let topics: TopicNames
    let folder: TemporaryDirectory
    let kafka: KafkaConfiguration
    let logger: Logger

    init() throws {
        topics = try TopicNames(prefix: "t.")
        broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: Self.partitions) })
        folder = try TemporaryDirectory()
        try folder.write(WaveFile.sawTooth(sampleCount: 8000).bytes, to: "a.wav")
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, properties: EmbeddedBroker.sessionSettings)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
    }

    func worker(_ name: String, engine: ScriptedEngine = ScriptedEngine()) throws -> WorkerService {
        WorkerService(
            configuration: WorkerConfiguration(kafka: kafka, topics: topics, group: "g", name: name),
            processor: JobProcessor(worker: name, engine: engine, store: try FileAudioStore(roots: [folder.path])),
            logger: logger)
    }

    func job(_ id: String) throws -> TranslationJob {
        var job = TranslationJob()
        job.id = id
        job.audio.uri = try FileURI.make(path: folder.file("a.wav"))
        return job
    }

    /// The first records that appear in a topic.
    func records(_ topic: String, count: Int) async throws -> [KafkaRecord] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        var records: [KafkaRecord] = []
        let starts = Dictionary(uniqueKeysWithValues: (0..<Int32(Self.partitions)).map { ($0, Int64(0)) })
        for try await record in try await reader.read(topic: topic, from: starts, until: .never) {
            records.append(record)
            if records.count == count { break }
        }
        await reader.close()
        return records
    }

    func committed() async throws -> [Int32: Int64] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let offsets = try await reader.committedOffsets(group: "g", topic: topics.jobs)
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
