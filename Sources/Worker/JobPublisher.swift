import Jobs
import Kafka
import Logging

/// Writes outcomes: results beside their jobs, dead letters to their topic. Returns when the brokers have them.
struct JobPublisher: Sendable {
    let producer: KafkaProducer
    let topics: TopicNames
    let worker: String
    let retries: RetryPolicy
    let logger: Logger

    /// Writes what a record's outcome asks for, and tries again as long as that can help.
    /// - Throws: `KafkaError` when it can't be written, `CancellationError` when the task is cancelled before it is; the
    ///   record must then not be committed.
    func publish(_ outcome: JobOutcome, of record: KafkaRecord) async throws {
        if let failure = outcome.deadLetter {
            let letter = DeadLetter(
                record, failure: failure, failureClass: .unreadable, attempts: 1, worker: worker)
            try await publish(letter)
        }
        if let result = outcome.result {
            try await publish(result, format: outcome.format, of: record)
        }
    }

    private func publish(_ letter: DeadLetter) async throws {
        do {
            try await send(letter)
        } catch let error where isTooLarge(error) {
            logger.error("a dead letter is too large: only its origin is kept", metadata: ["error": "\(error)"])
            try await send(letter.withoutContents)
        }
    }

    private func send(_ letter: DeadLetter) async throws {
        try await send(
            topic: topics.deadLetters, partition: nil, key: letter.key, value: letter.value, headers: letter.headers)
    }

    private func publish(_ result: TranslationResult, format: WireFormat, of record: KafkaRecord) async throws {
        do {
            try await send(result, format: format, of: record)
        } catch let error where isTooLarge(error) {
            var smaller = result.withoutContents
            smaller.fail(JobFailure(.resultTooLarge, "\(error)"))
            try await send(smaller, format: format, of: record)
        }
    }

    private func send(_ result: TranslationResult, format: WireFormat, of record: KafkaRecord) async throws {
        let headers = MessageCodec.headers(
            for: TranslationResult.self, format: format, id: "\(result.jobID)/\(result.run)",
            source: "dragoman/worker/\(worker)", cause: record.headers.map(MessageHeader.init))
        try await send(
            topic: topics.results, partition: record.partition, key: Array(result.jobID.utf8),
            value: MessageCodec.encode(result, as: format), headers: headers.map(KafkaHeader.init))
    }

    private func send(
        topic: String, partition: Int32?, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader]
    ) async throws {
        try await retries.run {
            _ = try await producer.send(topic: topic, partition: partition, key: key, value: value, headers: headers)
        } isRetriable: { error in
            guard let error = error as? KafkaError, error.isRetriable else { return false }
            logger.warning("can't write to Kafka yet", metadata: ["topic": "\(topic)", "error": "\(error)"])
            return true
        }
    }

    private func isTooLarge(_ error: any Error) -> Bool {
        (error as? JobsError)?.code == .messageTooLarge || (error as? KafkaError)?.code == .messageTooLarge
    }
}
