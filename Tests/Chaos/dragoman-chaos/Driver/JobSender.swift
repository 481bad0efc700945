import Foundation
import Jobs
import Kafka
import Logging

/// Submits jobs, as JSON, and keeps what was acknowledged.
final class JobSender: Sendable {
    private let producer: KafkaProducer
    private let topics: TopicNames
    private let file: AppendOnlyFile

    init(kafka: KafkaConfiguration, topics: TopicNames, folder: OutputFolder, logger: Logger) throws {
        producer = try KafkaProducer(configuration: kafka, logger: logger)
        self.topics = topics
        file = try AppendOnlyFile(path: folder.submissions)
    }

    /// Writes jobs and returns when the brokers have them.
    func send(_ orders: [JobOrder]) async throws {
        let drafts = try orders.map(draft)
        let records = drafts.map { draft in
            KafkaProducerRecord(
                topic: draft.topic, key: Array(draft.job.utf8), value: Array(draft.value.utf8),
                headers: headers(of: draft).map { KafkaHeader(key: $0.name, value: $0.value) })
        }
        for (draft, record) in zip(drafts, records) {
            var submission = draft
            (submission.partition, submission.offset) = try await place(of: record)
            try file.append(JSONEncoder().encode(submission))
        }
    }

    /// Calls off a batch.
    func cancel(batch: String, throughRun run: UInt32) async throws {
        var cancellation = Cancellation()
        cancellation.batchID = batch
        cancellation.maxRun = run
        cancellation.reason = "chaos"
        let headers = MessageCodec.headers(for: Cancellation.self, format: .json, id: batch, source: "dragoman/chaos")
        _ = try await place(
            of: KafkaProducerRecord(
                topic: topics.controls, key: Array(batch.utf8),
                value: try MessageCodec.encode(cancellation, as: .json),
                headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) }))
    }

    func close() async { await producer.close(timeout: .seconds(5)) }

    /// Writes a record; errors that were injected for others are no reason to give up.
    private func place(of record: KafkaProducerRecord) async throws -> (partition: Int32, offset: Int64) {
        var failures = 0
        while true {
            do {
                return try await producer.send([record])[0]
            } catch let error as KafkaError where failures < 50 && error.code != .closed {
                failures += 1
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }

    private func headers(of submission: Submission) -> [MessageHeader] {
        MessageCodec.headers(
            for: TranslationJob.self, format: .json, id: "\(submission.job)/\(submission.run)",
            source: "dragoman/chaos")
    }

    private func draft(_ order: JobOrder) throws -> Submission {
        let now = Timestamp.now
        let deadline = order.deadline.map { now + Int64($0) * 1_000_000 }
        let isUnreadable = order.plan.trouble == .unreadable
        var job = TranslationJob()
        job.id = order.plan.id
        job.run = order.run
        job.batchID = order.batch
        job.audio.uri = order.plan.uri
        job.submitDate = Date(timeIntervalSince1970: Double(now) / 1e9)
        job.deadlineDate = deadline.map { Date(timeIntervalSince1970: Double($0) / 1e9) }
        let value =
            isUnreadable
            ? "{\"id\": \"\(job.id)\", this is not JSON"
            : String(decoding: try MessageCodec.encode(job, as: .json), as: UTF8.self)
        return Submission(
            job: job.id, run: job.run, batch: job.batchID, plan: order.plan.uri, isUnreadable: isUnreadable,
            topic: order.isBulk ? topics.bulkJobs : topics.jobs, partition: -1, offset: -1, time: now,
            deadline: deadline, value: value)
    }
}
