import Jobs
import Kafka

/// Writes jobs into their topic.
struct KafkaJobSink: JobSink {
    let envelope: JobEnvelope
    let producer: KafkaProducer
    let chunkSize = 2000

    func prepare(_ job: TranslationJob) throws -> KafkaProducerRecord { try envelope.record(of: job) }

    func send(_ records: [KafkaProducerRecord]) async throws -> SentChunk<KafkaProducerRecord> {
        let positions = try await producer.send(records)
        return SentChunk(acknowledgedCount: positions.count, positions: positions)
    }
}
