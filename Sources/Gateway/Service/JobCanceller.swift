import Foundation
import GRDB
import Jobs
import Kafka
import SwiftProtobuf
import TranslationAPI

/// Calls batches and jobs off, through the topic `controls` that all workers follow.
struct JobCanceller: Sendable {
    let index: JobIndex
    let producer: KafkaProducer
    let topics: TopicNames

    /// - Returns: how many jobs were not finished then.
    /// - Throws: `GoogleRPCStatus`, `KafkaError`.
    func cancel(_ request: Dragoman_V1_CancelJobsRequest) async throws -> UInt32 {
        let records = try await cancellations(request).map(record)
        // Before workers may act on it.
        let unfinished = try await unfinishedCount(request)
        let places = try await producer.send(records)
        if let topic = index.topics.number(of: topics.controls) {
            var goal = OffsetVector()
            for place in places {
                let partition = IndexedPartition(topic: topic, partition: place.partition)
                goal.offsets[partition] = max(goal.offsets[partition] ?? 0, place.offset + 1)
            }
            try await index.catchUp(with: goal, patience: JobSubmitter.patience)
        }
        return unfinished
    }

    private func cancellations(_ request: Dragoman_V1_CancelJobsRequest) async throws -> [Cancellation] {
        var order = Cancellation()
        order.reason = request.reason
        order.requestedBy = Caller.name
        order.requestTime = Google_Protobuf_Timestamp(date: Date())
        guard request.batchID.isEmpty else {
            guard let highest = try await highestRun(ofBatch: request.batchID) else {
                throw BatchFinisher.unknown(request.batchID)
            }
            order.batchID = request.batchID
            order.maxRun = request.hasMaxRun ? request.maxRun : highest
            try Self.check(order)
            return [order]
        }
        guard (1...1_000).contains(request.jobIds.count) else {
            throw ServiceError.invalid("job_ids", "expected a batch_id, or 1 to 1000 ids of jobs")
        }
        var orders: [Cancellation] = []
        for id in request.jobIds {
            order.jobID = id
            order.maxRun = request.hasMaxRun ? request.maxRun : try await index.latestJob(id)?.run ?? 0
            try Self.check(order)
            orders.append(order)
        }
        return orders
    }

    private static func check(_ order: Cancellation) throws {
        do throws(JobsError) {
            try order.validate()
        } catch {
            throw ServiceError.invalid(error)
        }
    }

    private func record(of order: Cancellation) throws -> KafkaProducerRecord {
        let id = order.targetID
        let headers = MessageCodec.headers(
            for: Cancellation.self, format: .protobuf, id: "\(id)/\(order.maxRun)", source: BatchOpener.source)
        return KafkaProducerRecord(
            topic: topics.controls, key: Array(id.utf8), value: try MessageCodec.encode(order, as: .protobuf),
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) })
    }

    private func highestRun(ofBatch name: String) async throws -> UInt32? {
        try await index.read { database in
            let run = try Int64.fetchOne(
                database,
                sql: """
                    SELECT MAX(batch.run, COALESCE((SELECT MAX(run) FROM job WHERE batch = batch.id), 0))
                    FROM batch WHERE name = ?
                    """, arguments: [name])
            return run.map { UInt32(truncatingIfNeeded: $0) }
        }
    }

    private func unfinishedCount(_ request: Dragoman_V1_CancelJobsRequest) async throws -> UInt32 {
        guard request.batchID.isEmpty else {
            guard let batch = try await index.batch(request.batchID) else { return 0 }
            return UInt32(clamping: batch.jobCount - batch.finishedCount)
        }
        let states = JobState.known.filter { !$0.isFinal }.map { "\($0.rawValue)" }.joined(separator: ",")
        return try await index.read { database in
            let marks = request.jobIds.map { _ in "?" }.joined(separator: ",")
            return try UInt32.fetchOne(
                database, sql: "SELECT COUNT(*) FROM job WHERE name IN (\(marks)) AND state IN (\(states))",
                arguments: StatementArguments(request.jobIds)) ?? 0
        }
    }
}
