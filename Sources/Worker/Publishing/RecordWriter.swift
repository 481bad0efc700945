import Kafka

/// What records are written with.
protocol RecordWriter: AnyObject, Sendable {
    /// Writes a record, and returns when all in-sync replicas have it.
    /// - Throws: `KafkaError`, or `CancellationError` when the task is cancelled.
    func write(_ record: KafkaProducerRecord) async throws

    /// Ends it.
    func close(timeout: Duration) async
}

extension KafkaProducer: RecordWriter {
    func write(_ record: KafkaProducerRecord) async throws {
        try await send([record])
    }
}
