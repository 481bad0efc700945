import FoundationEssentials
import Jobs
import Kafka

extension StatusReader {
    /// - Returns: `nil` when there is no such batch.
    func batchStatus(of batchID: String, _ reader: KafkaReader) async throws -> BatchStatus? {
        var finder = BatchFinder(batchID: batchID, topics: topics, reader: reader)
        try await finder.update()
        let open = finder.unfinishedRecord
        let records = finder.records + (open.map { [$0] } ?? [])
        guard !records.isEmpty else { return nil }

        var collector = ResultCollector(batchID: batchID, record: finder.records.current)
        let results = try await reader.read(topic: topics.results, from: records.resultsStart, until: .currentEnd)
        for try await chunk in results.batches {
            for record in chunk { collector.add(record) }
        }
        try Task.checkCancellation()
        var status = BatchStatus(
            batchID: batchID, submits: finder.records, openSubmit: open, progress: collector.progress,
            failures: FailureCounts(collector.results), waiting: 0, workers: [:],
            unreadable: collector.unreadable)
        try status.add(collector.results)
        if !status.isComplete || open != nil {
            status.waiting = try await waitingJobs(
                of: batchID, run: (open ?? finder.records.current)?.run ?? 0, records,
                finished: collector, reader)
        }
        return status
    }

    /// Counts the jobs of a run that have no result and are not below the group's offsets.
    private func waitingJobs(
        of batchID: String, run: UInt32, _ records: [BatchRecord], finished: ResultCollector, _ reader: KafkaReader
    ) async throws -> Int {
        let filter = BatchFilter(batchID: batchID)
        var waiting: Set<String> = []
        for (topic, ranges) in records.jobRanges(unnamed: topics.jobs) {
            var ends = ranges.mapValues(\.upperBound)
            var starts: [Int32: Int64] = [:]
            for (partition, offset) in try await firstUnfinished(in: topic, reader) {
                guard let range = ranges[partition], offset < range.upperBound else { continue }
                starts[partition] = max(offset, range.lowerBound)
            }
            ends = ends.filter { starts[$0.key] != nil }
            guard !starts.isEmpty else { continue }
            let jobs = try await reader.read(topic: topic, from: starts, until: .currentEnd)
            for try await chunk in jobs.batches {
                for record in chunk {
                    guard let end = ends[record.partition] else { continue }
                    if record.offset >= end - 1 { ends[record.partition] = nil }
                    guard record.offset < end, let job = record.job(filter), job.batchID == batchID, job.run >= run,
                        !finished.hasResult(of: job)
                    else { continue }
                    waiting.insert(job.id)
                }
                // Others' jobs may follow without end.
                if ends.isEmpty { break }
            }
            try Task.checkCancellation()
        }
        return waiting.count
    }
}

extension BatchStatus {
    /// Who made the results, and when.
    fileprivate mutating func add(_ results: [GatheredResult]) throws {
        for result in results {
            let result = try result.decoded()
            if !result.worker.isEmpty { workers[result.worker, default: 0] += 1 }
            guard let date = result.finishDate else { continue }
            firstResultDate = min(firstResultDate ?? date, date)
            lastResultDate = max(lastResultDate ?? date, date)
        }
    }
}

extension KafkaRecord {
    /// `nil` for what is no job, or can't be one of the batch.
    fileprivate func job(_ filter: BatchFilter) -> TranslationJob? {
        let headers = headers.map(MessageHeader.init)
        guard let value, filter.mayMatch(value, headers: headers) else { return nil }
        return try? MessageCodec.decode(from: value, headers: headers)
    }
}
