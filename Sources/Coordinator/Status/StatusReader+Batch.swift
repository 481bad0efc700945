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

        // Before the results: what is finished in between has one then, and is not missing.
        let run = (open ?? finder.records.current)?.run ?? 0
        let waiting = try await WaitingJobs(
            of: batchID, run: run, records, topics: topics, group: group, reader: reader)
        var collector = ResultCollector(batchID: batchID, record: finder.records.current)
        let starts = try await reader.readable(records.resultsStart, of: topics.results)
        for try await chunk in try await reader.read(topic: topics.results, from: starts, until: .currentEnd).batches {
            for record in chunk { collector.add(record) }
        }
        try Task.checkCancellation()
        return try BatchStatus(
            batchID: batchID, submits: finder.records, openSubmit: open, collector,
            waiting: collector.unanswered(waiting.ids, run: run).count,
            delayed: collector.unanswered(waiting.delayedIDs, run: run).count,
            losses: try await RecordLoss.find(in: records, topics: topics, reader: reader))
    }
}

extension BatchStatus {
    /// - Parameter collector: has all results there are.
    /// - Throws: `JobsError`, never for results that were read before they were collected.
    package init(
        batchID: String, submits: [BatchRecord], openSubmit: BatchRecord?, _ collector: ResultCollector, waiting: Int,
        delayed: Int, losses: [RecordLoss] = []
    ) throws {
        let results = collector.results
        self.init(
            batchID: batchID, submits: submits, openSubmit: openSubmit, progress: collector.orderedProgress,
            failures: FailureCounts(results), waiting: waiting, delayed: delayed,
            statuses: results.reduce(into: [:]) { $0[$1.status, default: 0] += 1 }, losses: losses, workers: [:],
            unreadable: collector.unreadable)
        try add(results)
    }

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
