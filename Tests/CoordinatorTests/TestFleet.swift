import Coordinator
import Jobs
import Kafka
import Logging

/// Topics on the embedded broker, into which tests put what submits and workers would.
struct TestFleet: Sendable {
    static let partitions = 4

    let topics: TopicNames
    let kafka: KafkaConfiguration
    let logger: Logger
    private let broker: EmbeddedBroker

    init() throws {
        topics = try TopicNames(prefix: "t.")
        broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: Self.partitions) })
        kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
    }

    /// Writes records; returns where they are.
    @discardableResult
    func write(_ records: [KafkaProducerRecord]) async throws -> [(partition: Int32, offset: Int64)] {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        let positions = try await producer.send(records)
        await producer.close()
        return positions
    }

    /// Sends jobs; returns the batch's record, which is not written.
    func send(_ jobs: [TranslationJob]) async throws -> BatchRecord {
        let positions = try await write(jobs.map { try self.record($0, key: $0.id, topic: topics.jobs) })
        var record = BatchRecord()
        record.batchID = jobs.first?.batchID ?? ""
        record.run = jobs.first?.run ?? 0
        record.jobCount = UInt32(jobs.count)
        record.jobsTopic = topics.jobs
        for (partition, positions) in Dictionary(grouping: positions, by: \.partition).sorted(by: { $0.key < $1.key }) {
            var range = PartitionRange()
            range.partition = partition
            range.jobsStart = positions.map(\.offset).min() ?? 0
            range.jobsEnd = (positions.map(\.offset).max() ?? 0) + 1
            record.partitions.append(range)
        }
        return record
    }

    func write(_ batch: BatchRecord) async throws {
        try await write([record(batch, key: batch.batchID, topic: topics.batches)])
    }

    /// Writes results where their jobs would be.
    func write(_ results: [TranslationResult], format: WireFormat = .protobuf) async throws {
        try await write(results.map { try record($0, key: $0.jobID, topic: topics.results, format: format) })
    }

    /// Has a group commit that everything before these offsets of the topic `jobs` is finished.
    func commit(group: String, _ offsets: [Int32: Int64]) async throws {
        let consumer = try KafkaGroupConsumer(
            configuration: kafka, group: group, topics: [topics.jobs], bufferLimit: 1, logger: logger)
        // The first record says that the group has been joined.
        for try await _ in consumer.records { break }
        let failures = try await consumer.commit(
            offsets.map { KafkaOffset(topic: topics.jobs, partition: $0.key, offset: $0.value) })
        if let failure = failures.values.first { throw failure }
        await consumer.close()
    }

    /// All that lies in a topic.
    func records(_ topic: String) async throws -> [KafkaRecord] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let starts = try await reader.watermarks(of: topic).mapValues(\.low)
        var records: [KafkaRecord] = []
        for try await record in try await reader.read(topic: topic, from: starts, until: .currentEnd) {
            records.append(record)
        }
        await reader.close()
        return records
    }

    func record(
        _ message: some WireMessage, key: String, topic: String, format: WireFormat = .protobuf
    ) throws -> KafkaProducerRecord {
        let headers = MessageCodec.headers(for: type(of: message), format: format, id: key, source: "test")
        return KafkaProducerRecord(
            topic: topic, key: Array(key.utf8), value: try MessageCodec.encode(message, as: format),
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) })
    }
}
