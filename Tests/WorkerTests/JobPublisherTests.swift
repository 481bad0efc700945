import FoundationEssentials
import Jobs
import Kafka
import Logging
import Synchronization
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct JobPublisherTests {
    private let topics: TopicNames
    private let record: KafkaRecord
    private let report: JobReport
    private let answer: TranslationResult

    init() throws {
        topics = try TopicNames(prefix: "t.")
        record = KafkaRecord(
            topic: "t.jobs", partition: 2, offset: 9, key: [1], value: [2, 3],
            headers: [
                KafkaHeader(key: "mine", value: "kept"), KafkaHeader(key: "traceparent", value: "trace"),
                KafkaHeader(key: "dragoman-attempts", value: "7"), KafkaHeader(key: "dragoman-not-before", value: "x"),
            ])
        report = JobReport(
            failure: JobFailure(.storageUnavailable, "m", class: .transient), attempts: 2, crashes: 1,
            lane: "t.jobs.bulk", origin: RecordPlace(topic: "t.jobs.bulk", partition: 2, offset: 4))
        var answer = TranslationResult()
        answer.jobID = "j"
        answer.run = 3
        answer.status = .deadLettered
        answer.error.reason = .storageUnavailable
        self.answer = answer
    }

    @Test func resultNamesTheRecordItAnswers() async throws {
        let writer = ScriptedWriter()
        try await publisher(writer).publish(JobOutcome(result: answer, format: .protobuf), of: record)
        let written = try #require(writer.records.first)
        #expect(writer.records.count == 1 && written.topic == "t.results" && written.partition == 2)
        #expect(written.key == Array("j".utf8) && written.values("dragoman-origin") == ["t.jobs/2/9"])
        #expect(written.values("ce_id") == ["j/3"] && written.values("traceparent") == ["trace"])
        #expect(try result(written) == answer)
    }

    @Test func retryKeepsTheJobAndReplacesHeadersOfOurs() async throws {
        let writer = ScriptedWriter()
        let notBefore = Date(timeIntervalSinceReferenceDate: 60.25)
        try await publisher(writer).publish(retry(notBefore: notBefore), of: record)
        let written = try #require(writer.records.first)
        #expect(writer.records.count == 2 && written.topic == "t.retries.10m" && written.partition == 2)
        #expect(written.key == [1] && written.value == [2, 3] && written.headers.first == record.headers.first)
        #expect(written.values("dragoman-attempts") == ["2"] && written.values("dragoman-crashes") == ["1"])
        #expect(written.values("dragoman-not-before") == ["2001-01-01T00:01:00.250Z"])
        #expect(written.values("dragoman-lane") == ["t.jobs.bulk"])
        #expect(written.values("dragoman-origin") == ["t.jobs.bulk/2/4"])
        #expect(written.values("dragoman-reason") == ["STORAGE_UNAVAILABLE"])
        #expect(written.values("dragoman-class") == ["transient"] && written.values("traceparent") == ["trace"])
        // Whoever owns the partition next is told.
        let move = writer.records[1]
        #expect(move.topic == "t.results" && move.partition == 2 && move.value == nil)
        #expect(move.values("dragoman-origin") == ["t.jobs/2/9"] && move.values("ce_id") == ["j/3"])
        // What is written is read again.
        let history = JobHistory(
            KafkaRecord(topic: written.topic, partition: 2, offset: 0, headers: written.headers), topics: topics,
            longestDelay: .seconds(60))
        #expect(history.attempts == 2 && history.crashes == 1 && history.tries == 1)
        #expect(history.notBefore == notBefore && history.lane == report.lane && history.origin == report.origin)
    }

    @Test func whatIsKeptIsWrittenBeforeTheAnswer() async throws {
        let writer = ScriptedWriter()
        let outcome = JobOutcome(result: answer, format: .json, deadLetter: report)
        try await publisher(writer).publish(outcome, of: record)
        #expect(writer.records.map(\.topic) == ["t.dead-letters", "t.results"])
        #expect(writer.records.first?.value == [2, 3] && writer.records.first?.partition == nil)

        // Nothing is answered that is not kept.
        let refusing = ScriptedWriter { record in
            if record.topic == "t.dead-letters" { throw KafkaError(.authorization, "no") }
        }
        await #expect(throws: KafkaError.self) { try await publisher(refusing).publish(outcome, of: record) }
        #expect(refusing.records.isEmpty)
    }

    /// The job is not lost: the caller must not take it for finished.
    @Test func retryThatIsRefusedForGoodIsAnError() async throws {
        let writer = ScriptedWriter { _ in throw KafkaError(.authorization, "no") }
        let error = await #expect(throws: KafkaError.self) { try await publisher(writer).publish(retry(), of: record) }
        #expect(error?.code == .authorization && writer.records.isEmpty)
    }

    @Test func retryThatIsTooLargeIsGivenUp() async throws {
        var record = record
        record.value = Array(repeating: 1, count: 1000)
        let writer = ScriptedWriter(limit: 900)
        try await publisher(writer).publish(retry(), of: record)
        // The letter fits once the job is left out.
        let letter = try #require(writer.records.first)
        #expect(writer.records.map(\.topic) == ["t.dead-letters", "t.results"])
        #expect(letter.value == nil && letter.key == [1] && letter.values("mine").isEmpty)
        #expect(letter.values("dragoman-origin") == ["t.jobs.bulk/2/4"])
        let result = try result(try #require(writer.records.last))
        #expect(result.status == .deadLettered && result.error.reason == .storageUnavailable)
    }

    @Test func deadLetterWhoseKeyIsTooLarge() async throws {
        var record = record
        record.key = Array(repeating: 1, count: 1000)
        let writer = ScriptedWriter(limit: 900)
        try await publisher(writer).publish(JobOutcome(format: .json, deadLetter: report), of: record)
        let letter = try #require(writer.records.first)
        #expect(writer.records.count == 1 && letter.key == nil && letter.value == nil)
    }

    /// Refused by a broker, or too large for the codec.
    @Test(arguments: [1000, 2_000_000])
    func resultThatIsTooLarge(count: Int) async throws {
        let writer = ScriptedWriter(limit: 900)
        var result = answer
        result.batchID = "b"
        result.status = .ok
        result.clearError()
        result.text = String(repeating: "x", count: count)
        var record = record
        // What is handed on may be what is too large.
        record.headers.append(KafkaHeader(key: "tracestate", value: String(repeating: "x", count: 1000)))
        try await publisher(writer).publish(JobOutcome(result: result, format: .json), of: record)
        let written = try self.result(try #require(writer.records.first))
        #expect(written.status == .failed && written.error.reason == .resultTooLarge && written.text.isEmpty)
        #expect(written.jobID == "j" && written.run == 3 && written.batchID == "b")
    }

    @Test func failureThatIsTooLargeKeepsItsReason() async throws {
        let writer = ScriptedWriter(limit: 2000)
        var result = answer
        result.error.message = String(repeating: "x", count: 3000)
        result.batchID = String(repeating: "b", count: 3000)
        try await publisher(writer).publish(JobOutcome(result: result, format: .protobuf), of: record)
        let written = try self.result(try #require(writer.records.first))
        #expect(written.status == .deadLettered && written.error.reason == .storageUnavailable)
        #expect(written.batchID.isEmpty && written.error.message.count == 1000)
    }

    /// A broker refuses a batch as a whole.
    @Test func neighbourOfOneThatIsTooLargeIsSentAgain() async throws {
        let attempts = Atomic(0)
        let writer = ScriptedWriter { _ in
            if attempts.add(1, ordering: .relaxed).newValue == 1 { throw KafkaError(.messageTooLarge, "batch") }
        }
        var result = answer
        result.status = .ok
        result.text = "small"
        try await publisher(writer).publish(JobOutcome(result: result, format: .json), of: record)
        #expect(try self.result(try #require(writer.records.first)).text == "small")
    }

    @Test func whatMayYetBeWrittenIsTriedAgain() async throws {
        let attempts = Atomic(0)
        let writer = ScriptedWriter { _ in
            if attempts.add(1, ordering: .relaxed).newValue <= 5 {
                throw KafkaError(.timedOut, "no answer", isRetriable: true)
            }
        }
        try await publisher(writer).publish(JobOutcome(result: answer, format: .json), of: record)
        #expect(writer.records.count == 1)
    }

    private func publisher(_ writer: ScriptedWriter) -> JobPublisher {
        JobPublisher(
            producer: ProducerSlot(logger: .silent) { writer }, topics: topics, worker: "w",
            retries: RetryPolicy(attempts: .max, firstDelay: .milliseconds(1)), logger: .silent)
    }

    private func retry(notBefore: Date = Date()) -> JobOutcome {
        JobOutcome(
            format: .json,
            retry: JobRetry(report: report, delay: .tenMinutes, notBefore: notBefore, lastAnswer: answer))
    }

    private func result(_ record: KafkaProducerRecord) throws -> TranslationResult {
        try MessageCodec.decode(from: record.value, headers: record.headers.map(MessageHeader.init))
    }
}

extension ScriptedWriter {
    /// One whose broker refuses what is larger.
    fileprivate convenience init(limit: Int) {
        self.init { record in
            guard record.byteCount <= limit else { throw KafkaError(.messageTooLarge, "\(record.byteCount) bytes") }
        }
    }
}
