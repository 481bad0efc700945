import Jobs
import Kafka
import Logging

/// Writes what submits and workers would, and reads what is there.
struct FleetRecords: Sendable {
    let topics: TopicNames
    private let kafka: KafkaConfiguration
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(_ fleet: TestFleet) throws {
        topics = try TopicNames(prefix: fleet.prefix)
        kafka = KafkaConfiguration(bootstrapServers: fleet.brokers)
    }

    func write(_ records: [KafkaProducerRecord]) async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        try await producer.send(records)
        await producer.close()
    }

    /// Writes the results that workers would give for jobs, to the partitions they lie in.
    func answer(_ jobs: [KafkaRecord], status: TranslationResult.Status) async throws {
        try await write(
            jobs.map { record in
                let job = try job(record)
                var result = TranslationResult()
                result.jobID = job.id
                result.run = job.run
                result.batchID = job.batchID
                result.batchIndex = job.batchIndex
                result.status = status
                result.audio = job.audio
                let headers = MessageCodec.headers(
                    for: TranslationResult.self, format: .protobuf, id: "\(job.id)/\(job.run)", source: "test")
                return KafkaProducerRecord(
                    topic: topics.results, partition: record.partition, key: record.key,
                    value: try MessageCodec.encode(result, as: .protobuf), headers: headers.map(Self.header))
            })
    }

    /// A job's record as a worker gives it up.
    func letter(_ record: KafkaRecord, reason: JobError.Reason) -> KafkaProducerRecord {
        let place = RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)
        let reasons = [
            MessageHeader(.reason, reason.schemaName), MessageHeader(.failureClass, FailureClass.transient.rawValue),
            MessageHeader(.attempts, "5"), MessageHeader(.worker, "w1"), MessageHeader(.origin, place.description),
            MessageHeader(.lane, record.topic),
        ]
        return KafkaProducerRecord(
            topic: topics.deadLetters, key: record.key, value: record.value,
            headers: record.headers + reasons.map(Self.header))
    }

    func read(_ topic: String) async throws -> [KafkaRecord] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let starts = try await reader.watermarks(of: topic).mapValues(\.low)
        var records: [KafkaRecord] = []
        for try await record in try await reader.read(topic: topic, from: starts, until: .currentEnd) {
            records.append(record)
        }
        await reader.close()
        return records
    }

    func job(_ record: KafkaRecord) throws -> TranslationJob {
        try MessageCodec.decode(
            from: record.value, headers: record.headers.map { MessageHeader(name: $0.key, value: $0.value) })
    }

    private static func header(_ header: MessageHeader) -> KafkaHeader {
        KafkaHeader(key: header.name, value: header.value)
    }
}
