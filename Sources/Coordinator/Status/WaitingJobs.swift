import Jobs
import Kafka

/// The jobs of a batch that the workers have still to come to, or have in hand.
struct WaitingJobs: Sendable {
    /// Their ids, those to be tried again among them.
    private(set) var ids: Set<String> = []
    /// Those that failed before and are to be tried again later.
    private(set) var delayedIDs: Set<String> = []

    private let batchID: String
    private let run: UInt32
    private let filter: BatchFilter

    /// Reads the jobs of a run, or of a later one, that are not below the offsets of the workers' group.
    ///
    /// Those with a result may be among them: it is there before their offset is committed.
    /// - Parameter records: the batch's, which say where its jobs lie.
    /// - Throws: `KafkaError`, `CancellationError`.
    init(
        of batchID: String, run: UInt32, _ records: [BatchRecord], topics: TopicNames, group: String,
        reader: KafkaReader
    ) async throws {
        self.batchID = batchID
        self.run = run
        filter = BatchFilter(batchID: batchID)
        // In this order, for a job goes from its lane to the retries and never back.
        for (topic, ranges) in records.jobRanges(unnamed: topics.jobs) {
            let unfinished = try await reader.firstUnfinished(in: topic, group: group)
            try await readLane(topic, ranges, unfinished, reader)
        }
        for topic in try await reader.existing(topics.retries) {
            let starts = try await reader.firstUnfinished(in: topic, group: group)
            for try await chunk in try await reader.read(topic: topic, from: starts, until: .currentEnd).batches {
                delayedIDs.formUnion(chunk.compactMap(jobID))
            }
        }
        try Task.checkCancellation()
        ids.formUnion(delayedIDs)
    }

    private mutating func readLane(
        _ topic: String, _ ranges: [Int32: Range<Int64>], _ unfinished: [Int32: Int64], _ reader: KafkaReader
    ) async throws {
        var starts: [Int32: Int64] = [:]
        for (partition, offset) in unfinished {
            guard let range = ranges[partition], offset < range.upperBound else { continue }
            starts[partition] = max(offset, range.lowerBound)
        }
        var ends = ranges.filter { starts[$0.key] != nil }.mapValues(\.upperBound)
        guard !starts.isEmpty else { return }
        let records = try await reader.read(
            topic: topic, from: reader.readable(starts, of: topic), until: .currentEnd)
        for try await chunk in records.batches {
            for record in chunk {
                guard let end = ends[record.partition] else { continue }
                if record.offset >= end - 1 { ends[record.partition] = nil }
                if record.offset < end, let id = jobID(of: record) { ids.insert(id) }
            }
            // Others' jobs may follow without end.
            if ends.isEmpty { return }
        }
    }

    /// `nil` for what is no job, or none of those looked for.
    private func jobID(of record: KafkaRecord) -> String? {
        let headers = record.headers.map(MessageHeader.init)
        guard let value = record.value, filter.mayMatch(value, headers: headers),
            let job: TranslationJob = try? MessageCodec.decode(from: value, headers: headers),
            job.batchID == batchID, job.run >= run
        else { return nil }
        return job.id.isEmpty ? job.derivedID : job.id
    }
}
