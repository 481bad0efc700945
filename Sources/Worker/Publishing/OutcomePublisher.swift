import Kafka

/// Writes outcomes where they belong.
protocol OutcomePublisher: Sendable {
    /// Writes what a record's outcome asks for, and returns when the brokers have it.
    /// - Throws: `CancellationError` when the task is cancelled, another error when it can't be written. The record must
    ///   then not be taken for finished.
    func publish(_ outcome: JobOutcome, of record: KafkaRecord) async throws
}
