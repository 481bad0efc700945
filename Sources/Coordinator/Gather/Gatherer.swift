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
    ///
    /// Of a batch that is complete the same results come every time, whoever gathers and when. Several records of a
    /// batch are several submits of it: results of the last one's run are waited for.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called when there is news, at most once for all results that came together.
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
        var batch = try collected.get()
        if batch.ending != .complete, Task.isCancelled { batch.ending = .interrupted }
        return batch
    }

    /// - Returns: what was collected when the last result came or the task was cancelled.
    private func collect(
        _ batchID: String, _ reader: KafkaReader, _ progress: @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch {
        var finder = BatchFinder(batchID: batchID, topics: topics, reader: reader)
        let found = try await find(with: &finder, progress)
        guard let record = found.record else {
            return GatheredBatch(ending: .timedOut, progress: found.progress, results: [])
        }
        var collector = ResultCollector(batchID: batchID, record: record)
        progress(collector.progress)
        var positions = finder.records.resultsStart
        // All that is there already is read, so that whoever gathers later than another sees the same.
        try await read(from: &positions, until: .currentEnd, reader, into: &collector, progress) { _ in false }
        if !collector.isComplete, !Task.isCancelled {
            collector.catchUpEnded()
            progress(collector.progress)
            try await read(from: &positions, until: .never, reader, into: &collector, progress) { $0.isComplete }
        }
        return GatheredBatch(
            ending: collector.isComplete ? .complete : .timedOut, progress: collector.progress,
            results: collector.results, unreadable: collector.unreadable)
    }

    private func read(
        from positions: inout [Int32: Int64], until end: KafkaReader.End, _ reader: KafkaReader,
        into collector: inout ResultCollector, _ progress: @Sendable (GatherProgress) -> Void,
        isDone: (ResultCollector) -> Bool
    ) async throws {
        do {
            let records = try await reader.read(topic: topics.results, from: positions, until: end, bufferLimit: 2000)
            for try await chunk in records.batches {
                let before = collector.progress
                for record in chunk {
                    positions[record.partition] = record.offset + 1
                    collector.add(record)
                }
                if collector.progress != before { progress(collector.progress) }
                if isDone(collector) { break }
            }
        } catch is CancellationError {
            // What was collected so far is the answer.
        }
    }

    /// Waits for a submit of the batch that has ended.
    /// - Returns: the record that counts; `nil` when the task was cancelled before there was one.
    private func find(
        with finder: inout BatchFinder, _ progress: @Sendable (GatherProgress) -> Void
    ) async throws -> (record: BatchRecord?, progress: GatherProgress) {
        var state = GatherProgress()
        do {
            while !Task.isCancelled {
                try await finder.update()
                if let record = finder.records.current { return (record, state) }
                state.phase = finder.unfinishedRecord == nil ? .waitingForRecord : .waitingForSubmit
                progress(state)
                try await Task.sleep(for: Self.pollInterval)
            }
        } catch is CancellationError {
            // Nothing found.
        }
        return (nil, state)
    }
}
