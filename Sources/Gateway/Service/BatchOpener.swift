import Foundation
import Jobs
import Kafka
import Synchronization

/// Writes the record that begins a batch, before the first of its jobs that comes through here: it says where results can
/// lie at the earliest.
final class BatchOpener: Sendable {
    private let index: JobIndex
    private let producer: KafkaProducer
    private let reader: KafkaReader
    private let topics: TopicNames
    /// The batches that are being opened, and the latest that were.
    private let openings = Mutex<[BatchRun: Task<Void, any Error>]>([:])

    static let source = "dragoman/gateway"
    private static let mostRemembered = 10_000

    private struct BatchRun: Hashable {
        let batch: String
        let run: UInt32
    }

    init(index: JobIndex, producer: KafkaProducer, reader: KafkaReader, topics: TopicNames) {
        self.index = index
        self.producer = producer
        self.reader = reader
        self.topics = topics
    }

    /// Has the batches of jobs begun, where they are not.
    /// - Throws: `KafkaError`.
    func open(_ jobs: [TranslationJob]) async throws {
        var runs: [BatchRun: TranslationJob] = [:]
        for job in jobs where !job.batchID.isEmpty { runs[BatchRun(batch: job.batchID, run: job.run)] = job }
        for run in runs.keys { try await open(run) }
    }

    private func open(_ run: BatchRun) async throws {
        let opening = openings.withLock { openings in
            if let opening = openings[run] { return opening }
            if openings.count >= Self.mostRemembered { openings = [:] }
            let opening = Task { try await write(run) }
            openings[run] = opening
            return opening
        }
        do {
            try await opening.value
        } catch {
            openings.withLock { openings in
                if openings[run] == opening { openings[run] = nil }
            }
            throw error
        }
    }

    private func write(_ run: BatchRun) async throws {
        if let batch = try await index.batch(run.batch), batch.run >= run.run,
            batch.open != nil || batch.complete != nil
        {
            return
        }
        var record = BatchRecord()
        record.batchID = run.batch
        record.run = run.run
        record.state = .open
        record.jobsTopic = topics.jobs
        record.resultsTopic = topics.results
        record.submitDate = Date()
        let results = try await reader.watermarks(of: topics.results)
        let jobs = try await reader.watermarks(of: topics.jobs)
        record.partitions = results.keys.sorted().map { number in
            var range = PartitionRange()
            range.partition = number
            range.resultsStart = results[number]?.high ?? 0
            range.jobsStart = jobs[number]?.high ?? 0
            range.jobsEnd = range.jobsStart
            return range
        }
        try await send(record)
    }

    /// Writes a batch's record.
    /// - Returns: where it lies.
    @discardableResult
    func send(_ record: BatchRecord) async throws -> (partition: Int32, offset: Int64) {
        let headers = MessageCodec.headers(
            for: BatchRecord.self, format: .protobuf, id: "\(record.batchID)/\(record.run)", source: Self.source)
        return try await producer.send(
            topic: topics.batches, key: Array(record.batchID.utf8),
            value: try MessageCodec.encode(record, as: .protobuf),
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) })
    }
}
