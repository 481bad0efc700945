import Jobs
import Kafka

extension StatusReader {
    /// - Returns: `nil` when there is no such job.
    func jobStatus(of jobID: String, _ reader: KafkaReader) async throws -> JobStatus? {
        if let result = try await result(of: jobID, reader) { return result }
        if let job = try await waitingJob(jobID, in: topics.jobs, reader) { return job }
        do {
            return try await waitingJob(jobID, in: topics.bulkJobs, reader)
        } catch let error as KafkaError where error.code == .unknownTopic {
            // Not every fleet has the second lane.
            return nil
        }
    }

    /// Looks in the partition where Kafka's own partitioner puts the job, and in the others only if it is not there.
    private func result(of jobID: String, _ reader: KafkaReader) async throws -> JobStatus? {
        let count = try await reader.partitionCount(of: topics.results)
        let likely = Murmur2.partition(of: Array(jobID.utf8), count: count)
        let others = (0..<Int32(clamping: count)).filter { $0 != likely }
        for partitions in [likely.map { [$0] } ?? [], others] where !partitions.isEmpty {
            if let found = try await result(of: jobID, in: partitions, reader) { return found }
        }
        return nil
    }

    private func result(of jobID: String, in partitions: [Int32], _ reader: KafkaReader) async throws -> JobStatus? {
        let key = Array(jobID.utf8)
        let starts = Dictionary(uniqueKeysWithValues: partitions.map { ($0, Int64(0)) })
        var best: (result: TranslationResult, rank: ResultRank)?
        for try await chunk in try await reader.read(topic: topics.results, from: starts, until: .currentEnd).batches {
            for record in chunk where record.key == key {
                let headers = record.headers.map(MessageHeader.init)
                guard
                    let result = try? MessageCodec.decode(TranslationResult.self, from: record.value, headers: headers),
                    result.jobID == jobID
                else { continue }
                let rank = ResultRank(run: result.run, of: record)
                if let best, !rank.goesBefore(best.rank) { continue }
                best = (result, rank)
            }
        }
        try Task.checkCancellation()
        return best.map { result, rank in
            JobStatus(
                jobID: jobID, state: .finished(result),
                partition: KafkaPartition(topic: topics.results, partition: rank.partition), offset: rank.offset)
        }
    }

    /// Others than `submit` may send jobs under any key and without an id: each one is looked at.
    private func waitingJob(_ jobID: String, in topic: String, _ reader: KafkaReader) async throws -> JobStatus? {
        let starts = try await firstUnfinished(in: topic, reader)
        for try await chunk in try await reader.read(topic: topic, from: starts, until: .currentEnd).batches {
            for record in chunk {
                let headers = record.headers.map(MessageHeader.init)
                guard let job = try? MessageCodec.decode(TranslationJob.self, from: record.value, headers: headers),
                    (job.id.isEmpty ? job.derivedID : job.id) == jobID
                else { continue }
                return JobStatus(
                    jobID: jobID, state: .waiting(job, behind: record.offset - (starts[record.partition] ?? 0)),
                    partition: KafkaPartition(topic: topic, partition: record.partition), offset: record.offset)
            }
        }
        try Task.checkCancellation()
        return nil
    }
}
