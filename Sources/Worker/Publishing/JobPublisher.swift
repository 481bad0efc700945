import FoundationEssentials
import Jobs
import Kafka
import Logging
import Tracing

/// Writes outcomes: results beside their jobs, retries and dead letters to their topics.
struct JobPublisher: OutcomePublisher {
    let producer: ProducerSlot
    let topics: TopicNames
    let worker: String
    /// How often to try again what may yet be written.
    let retries: RetryPolicy
    let logger: Logger

    /// Writes what a record's outcome asks for, and tries again as long as that can help.
    ///
    /// What keeps the record is written first. Who dies in between leaves a record that is taken once more, and never an
    /// answer that speaks of a dead letter which is not there.
    /// - Throws: `KafkaError` when it can't be written, `CancellationError` when the task is cancelled before it is.
    func publish(_ outcome: JobOutcome, of record: KafkaRecord) async throws {
        try await withSpan("publish", ofKind: .producer) { span in
            if let result = outcome.result { span.attributes["dragoman.status"] = result.status.schemaName }
            try await write(outcome, of: record)
        }
    }

    private func write(_ outcome: JobOutcome, of record: KafkaRecord) async throws {
        var outcome = outcome
        if let retry = outcome.retry {
            if try await publish(retry, of: record) {
                try await publishMove(of: record, answer: retry.lastAnswer)
            } else {
                outcome.deadLetter = retry.report
                outcome.result = retry.lastAnswer
            }
        }
        if let report = outcome.deadLetter {
            try await publish(DeadLetter(record, report: report, worker: worker))
        }
        if let result = outcome.result {
            try await publish(result, format: outcome.format, of: record)
        }
    }

    /// - Returns: Whether it could be sent. One that is too large with its headers never can.
    private func publish(_ retry: JobRetry, of record: KafkaRecord) async throws -> Bool {
        let notBefore = KafkaHeader(MessageHeader(.notBefore, retry.notBefore.headerText))
        let retried = KafkaProducerRecord(
            topic: topics.retries(retry.delay), partition: record.partition, key: record.key, value: record.value,
            headers: record.headers.replacing(with: [KafkaHeader](retry.report) + [notBefore]))
        return try await writeUnlessTooLarge(retried)
    }

    /// Tells whoever comes to own the record's partition that its job goes on elsewhere: should this worker end before it
    /// has committed that, the job would be moved there once more, and be done twice. It has no value, so that those who
    /// read results pass it over.
    private func publishMove(of record: KafkaRecord, answer: TranslationResult) async throws {
        let headers = [
            MessageHeader(.eventID, "\(JobRun(of: answer))"), MessageHeader(.origin, "\(RecordPlace(record))"),
            MessageHeader(.batch, answer.batchID), MessageHeader(.worker, worker),
        ]
        try await write(
            KafkaProducerRecord(
                topic: topics.results, partition: record.partition, key: Array(answer.jobID.utf8), value: nil,
                headers: headers.map(KafkaHeader.init)))
    }

    private func publish(_ letter: DeadLetter) async throws {
        for letter in [letter, letter.withoutContents] {
            if try await writeUnlessTooLarge(letter.record(in: topics.deadLetters)) { return }
            logger.error(
                "a dead letter is too large: its contents stay where the job is",
                metadata: ["reason": "\(letter.reason)"])
        }
        try await write(letter.withoutKey.record(in: topics.deadLetters))
    }

    private func publish(_ result: TranslationResult, format: WireFormat, of record: KafkaRecord) async throws {
        // A recording of hours has many tokens, which few ask for.
        for answer in result.segments.count > 1 ? [result, result.withoutTokens] : [result] {
            if let value = try? MessageCodec.encode(answer, as: format),
                try await writeUnlessTooLarge(self.record(of: answer, value, format, answering: record))
            {
                return
            }
        }
        let smaller = result.withoutContents
        let value = try MessageCodec.encode(smaller, as: format)
        try await write(self.record(of: smaller, value, format, answering: record, keepsTrace: false))
    }

    /// - Parameter keepsTrace: Whether the job's trace context is handed on.
    private func record(
        of result: TranslationResult, _ value: [UInt8], _ format: WireFormat, answering record: KafkaRecord,
        keepsTrace: Bool = true
    ) -> KafkaProducerRecord {
        var headers = MessageCodec.headers(
            for: TranslationResult.self, format: format, id: "\(JobRun(of: result))",
            source: "dragoman/worker/\(worker)",
            cause: keepsTrace ? record.headers.map(MessageHeader.init).carrying(.current) : [])
        headers.append(MessageHeader(.origin, "\(RecordPlace(record))"))
        if !result.batchID.isEmpty { headers.append(MessageHeader(.batch, result.batchID)) }
        return KafkaProducerRecord(
            topic: topics.results, partition: record.partition, key: Array(result.jobID.utf8), value: value,
            headers: headers.map(KafkaHeader.init))
    }

    /// - Returns: `false` when the client or the brokers say that the record is too large. A broker refuses a batch as a
    ///   whole, also those in it that are not: so it is asked once more.
    private func writeUnlessTooLarge(_ record: KafkaProducerRecord) async throws -> Bool {
        for attempt in 1...2 {
            do {
                try await write(record)
                return true
            } catch let error as KafkaError where error.code == .messageTooLarge {
                logger.warning("too large", metadata: ["topic": "\(record.topic)", "error": "\(error)"])
                if attempt == 1 { try await Task.sleep(for: retries.delay(after: 1)) }
            }
        }
        return false
    }

    private func write(_ record: KafkaProducerRecord) async throws {
        try await retries.run {
            try await producer.write(record)
        } isRetriable: { error in
            guard let error = error as? KafkaError, error.mayPass else { return false }
            logger.warning("can't write to Kafka yet", metadata: ["topic": "\(record.topic)", "error": "\(error)"])
            return true
        }
    }
}

extension JobRun {
    fileprivate init(of result: TranslationResult) {
        self.init(jobID: result.jobID, run: result.run)
    }
}

extension KafkaError {
    /// Whether a record that was refused like this may be taken later: unless it is known not to be, that is hoped for,
    /// as nobody else can write what this worker has found out.
    fileprivate var mayPass: Bool {
        switch code {
        case .messageTooLarge, .authentication, .authorization, .configuration: false
        case .fatal, .closed: isRetriable
        default: true
        }
    }
}
