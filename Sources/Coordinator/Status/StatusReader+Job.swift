import Jobs
import Kafka

extension StatusReader {
    /// - Returns: `nil` when there is no such job.
    func jobStatus(of jobID: String, _ reader: KafkaReader) async throws -> JobStatus? {
        if let result = try await result(of: jobID, reader) { return result }
        // Not every fleet has the second lane and the retries. These go first: a job that has come there may still be in
        // its lane, where those before it are not finished.
        for topic in try await reader.existing(topics.retries + topics.lanes) {
            if let job = try await waitingJob(jobID, in: topic, reader) { return job }
        }
        return nil
    }

    /// The highest run of a job that has a result or waits; `nil` when there is no such job.
    func highestRun(of jobID: String, _ reader: KafkaReader) async throws -> UInt32? {
        var highest: UInt32?
        if case .finished(let result) = try await result(of: jobID, reader)?.state { highest = result.run }
        for topic in try await reader.existing(topics.sources) {
            try await forEachWaitingJob(jobID, in: topic, reader) { job, _, _ in
                highest = max(highest ?? 0, job.run)
                return true
            }
        }
        return highest
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

    private func waitingJob(_ jobID: String, in topic: String, _ reader: KafkaReader) async throws -> JobStatus? {
        var status: JobStatus?
        try await forEachWaitingJob(jobID, in: topic, reader) { job, record, start in
            let state: JobStatus.State =
                topics.retries.contains(topic)
                ? .delayed(job, until: record.headers.map(MessageHeader.init).date(.notBefore))
                : .waiting(job, behind: record.offset - start)
            status = JobStatus(
                jobID: jobID, state: state,
                partition: KafkaPartition(topic: topic, partition: record.partition), offset: record.offset)
            return false
        }
        return status
    }

    /// Others than `submit` may send jobs under any key and without an id: each one is looked at.
    /// - Parameter body: takes a job, its record, and the first unfinished offset of its partition, and says whether to
    ///   go on.
    private func forEachWaitingJob(
        _ jobID: String, in topic: String, _ reader: KafkaReader, _ body: (TranslationJob, KafkaRecord, Int64) -> Bool
    ) async throws {
        let starts = try await reader.firstUnfinished(in: topic, group: group)
        for try await chunk in try await reader.read(topic: topic, from: starts, until: .currentEnd).batches {
            for record in chunk {
                let headers = record.headers.map(MessageHeader.init)
                guard let job = try? MessageCodec.decode(TranslationJob.self, from: record.value, headers: headers),
                    (job.id.isEmpty ? job.derivedID : job.id) == jobID
                else { continue }
                guard body(job, record, starts[record.partition] ?? 0) else { return }
            }
        }
        try Task.checkCancellation()
    }
}
