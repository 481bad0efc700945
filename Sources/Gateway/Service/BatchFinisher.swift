import Foundation
import GRDB
import GRPCCore
import Jobs
import Kafka
import TranslationAPI

/// Writes the record that ends a batch: how many jobs it has, and where they lie.
struct BatchFinisher: Sendable {
    let index: JobIndex
    let opener: BatchOpener
    let reader: KafkaReader
    let topics: TopicNames

    private struct Contents: Sendable {
        var names: [String] = []
        var ranges: [IndexedPartition: ClosedRange<Int64>] = [:]
        var hinted = 0.0
        var unknownLengths = 0
    }

    /// - Throws: `GoogleRPCStatus` for a batch that is not there, or has not as many jobs as was said; `KafkaError`.
    func finish(_ request: Dragoman_V1_FinishBatchRequest) async throws -> IndexedBatch {
        do throws(JobsError) {
            try TranslationJob.validate(batchID: request.batchID)
        } catch {
            throw ServiceError.invalid(error)
        }
        try await catchUpWithLanes()
        guard let batch = try await index.batch(request.batchID) else { throw Self.unknown(request.batchID) }
        let contents = try await contents(of: request.batchID, run: request.run)
        guard !contents.names.isEmpty else { throw Self.unknown(request.batchID) }
        if request.hasJobCount, Int(request.jobCount) != contents.names.count {
            throw ServiceError.make(
                .failedPrecondition, .invalidArgument,
                "job_count: batch \(request.batchID) has \(contents.names.count) jobs of run \(request.run) or later, not "
                    + "\(request.jobCount)", metadata: ["field": "job_count"])
        }
        var record = BatchRecord()
        record.batchID = request.batchID
        record.run = request.run
        record.jobCount = UInt32(clamping: contents.names.count)
        record.jobsDigest = BatchID.derived(from: contents.names)
        record.resultsTopic = topics.results
        record.labels = request.labels
        record.submitTime = (batch.open ?? batch.complete)?.submitTime ?? .init(milliseconds: batch.created)
        record.finishDate = Date()
        if contents.unknownLengths == 0 { record.audioSeconds = contents.hinted }
        // A record names one lane; where a batch lies in both, that of most of its partitions.
        let lanes = Dictionary(grouping: contents.ranges.keys, by: \.topic)
        let lane = lanes.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key ?? 0
        record.jobsTopic = index.topics.names[lane]
        record.partitions = partitions(contents, lane: lane, batch)
        let place = try await opener.send(record)
        if let topic = index.topics.number(of: topics.batches) {
            let goal = OffsetVector(
                offsets: [IndexedPartition(topic: topic, partition: place.partition): place.offset + 1])
            try await index.catchUp(with: goal, patience: JobSubmitter.patience)
        }
        return try await index.batch(request.batchID) ?? batch
    }

    static func unknown(_ name: String) -> any Error {
        ServiceError.make(
            .notFound, .batchNotFound, "there is no batch '\(name)', or it is older than what is kept",
            metadata: ["batch_id": name])
    }

    /// What other gateways have been given counts too.
    private func catchUpWithLanes() async throws {
        var goal = OffsetVector()
        for lane in topics.lanes {
            guard let number = index.topics.number(of: lane) else { continue }
            for (partition, range) in try await reader.watermarks(of: lane) {
                goal.offsets[IndexedPartition(topic: number, partition: partition)] = range.high
            }
        }
        try await index.catchUp(with: goal, patience: JobSubmitter.patience)
    }

    private func contents(of batch: String, run: UInt32) async throws -> Contents {
        try await index.read { database in
            var contents = Contents()
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT name, topic, partition, "offset", seconds FROM job
                    WHERE batch = (SELECT id FROM batch WHERE name = ?) AND run >= ? AND topic >= 0
                    ORDER BY number, topic, partition, "offset"
                    """, arguments: [batch, run])
            while let row = try rows.next() {
                contents.names.append(row[0])
                let partition = IndexedPartition(topic: row[1], partition: Int32(truncatingIfNeeded: row[2] as Int64))
                let offset: Int64 = row[3]
                let range = contents.ranges[partition] ?? offset...offset
                contents.ranges[partition] = min(range.lowerBound, offset)...max(range.upperBound, offset)
                let seconds: Double = row[4]
                contents.hinted += seconds
                if seconds <= 0 { contents.unknownLengths += 1 }
            }
            return contents
        }
    }

    private func partitions(_ contents: Contents, lane: Int, _ batch: IndexedBatch) -> [PartitionRange] {
        var starts: [Int32: Int64] = [:]
        for range in batch.open?.partitions ?? batch.complete?.partitions ?? [] {
            starts[range.partition] = range.resultsStart
        }
        var ranges: [Int32: PartitionRange] = [:]
        for (partition, offsets) in contents.ranges.sorted(by: { $0.key < $1.key }) {
            var range = ranges[partition.partition] ?? PartitionRange()
            range.partition = partition.partition
            range.resultsStart = starts[partition.partition] ?? 0
            if partition.topic == lane {
                range.jobsStart = offsets.lowerBound
                range.jobsEnd = offsets.upperBound + 1
            }
            ranges[partition.partition] = range
        }
        return ranges.values.sorted { $0.partition < $1.partition }
    }
}
