import Jobs
import Kafka
import Logging

/// Collects the results of a batch from the topics alone: its record says how many there are and where to begin to look.
public struct Gatherer: Sendable {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let logger: Logger

    /// How often to look whether a batch's record has come.
    private static let pollInterval = Duration.milliseconds(500)

    /// Creates a gatherer.
    public init(kafka: KafkaConfiguration, topics: TopicNames, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.logger = logger
    }

    /// Waits for a batch's record and then for all its results, until the timeout or until the task is cancelled.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called when the record is found and for each result.
    /// - Returns: What there is by then; also when the record was never found.
    /// - Throws: `KafkaError`.
    public func gather(
        batchID: String, timeout: Duration? = nil, progress: @escaping @Sendable (GatherProgress) -> Void = { _ in }
    ) async throws -> GatheredBatch {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let collecting = Task { try await collect(batchID, reader, progress) }
        let timer = timeout.map { timeout in
            Task {
                try await Task.sleep(for: timeout)
                collecting.cancel()
            }
        }
        let collected = await withTaskCancellationHandler {
            await collecting.result
        } onCancel: {
            collecting.cancel()
        }
        timer?.cancel()
        await reader.close()
        let collector = try collected.get()
        let ending: GatheredBatch.Ending =
            collector?.isComplete == true ? .complete : Task.isCancelled ? .interrupted : .timedOut
        return GatheredBatch(
            ending: ending, jobCount: collector?.counts.total, results: collector?.results ?? [])
    }

    /// - Returns: what was collected when the last result came or the task was cancelled; `nil` without the batch's record.
    private func collect(
        _ batchID: String, _ reader: KafkaReader, _ progress: @Sendable (GatherProgress) -> Void
    ) async throws -> ResultCollector? {
        guard let records = try await waitForRecords(of: batchID, reader) else { return nil }
        var collector = ResultCollector(batchID: batchID, records: records)
        progress(collector.counts)
        var positions = Self.resultsStart(of: records)
        // All that is there already is read, so that whoever gathers later than another sees the same.
        try await read(from: &positions, until: .currentEnd, reader, into: &collector, progress) { _ in false }
        if !collector.isComplete, !Task.isCancelled {
            try await read(from: &positions, until: .never, reader, into: &collector, progress) { $0.isComplete }
        }
        return collector
    }

    private func read(
        from positions: inout [Int32: Int64], until end: KafkaReader.End, _ reader: KafkaReader,
        into collector: inout ResultCollector, _ progress: @Sendable (GatherProgress) -> Void,
        isDone: (ResultCollector) -> Bool
    ) async throws {
        do {
            for try await record in try await reader.read(topic: topics.results, from: positions, until: end) {
                positions[record.partition] = record.offset + 1
                let headers = record.headers.map(MessageHeader.init)
                do {
                    let before = collector.counts
                    collector.add(try MessageCodec.decode(from: record.value, headers: headers))
                    if collector.counts != before { progress(collector.counts) }
                } catch {
                    logger.warning(
                        "skipped a result that can't be read",
                        metadata: ["at": "\(record.topic)/\(record.partition)/\(record.offset)", "error": "\(error)"])
                }
                if isDone(collector) { break }
            }
        } catch is CancellationError {
            // What was collected so far is the answer.
        }
    }

    /// - Returns: `nil` when the task was cancelled before there was one.
    private func waitForRecords(of batchID: String, _ reader: KafkaReader) async throws -> [BatchRecord]? {
        var finder = BatchFinder(batchID: batchID, topics: topics, reader: reader)
        do {
            while !Task.isCancelled {
                try await finder.update()
                if !finder.records.isEmpty { return finder.records }
                try await Task.sleep(for: Self.pollInterval)
            }
        } catch is CancellationError {
            // Nothing found.
        }
        return nil
    }

    /// Where to begin in each partition: before the first of the batch's submits.
    private static func resultsStart(of records: [BatchRecord]) -> [Int32: Int64] {
        records.flatMap(\.partitions).reduce(into: [:]) { starts, range in
            starts[range.partition] = min(starts[range.partition] ?? range.resultsStart, range.resultsStart)
        }
    }
}
