import Jobs
import Kafka
import Logging

/// Waits until what was called off has ended.
public struct CancelWatcher: Sendable {
    /// What became of the jobs.
    public struct Outcome: Sendable, Hashable {
        /// Why waiting ended.
        public var ending: GatheredBatch.Ending
        /// Jobs there are.
        public var total: Int
        /// Those with a result, by what it says.
        public var statuses: [TranslationResult.Status: Int]

        /// Creates an outcome.
        public init(
            ending: GatheredBatch.Ending, total: Int, statuses: [TranslationResult.Status: Int] = [:]
        ) {
            self.ending = ending
            self.total = total
            self.statuses = statuses
        }

        /// What became of a batch's jobs.
        package init(_ batch: GatheredBatch) {
            self.init(
                ending: batch.ending, total: batch.jobCount ?? 0,
                statuses: batch.results.reduce(into: [:]) { $0[$1.status, default: 0] += 1 })
        }
    }

    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let gatherer: Gatherer
    private let logger: Logger

    /// Creates a watcher.
    /// - Parameter group: the workers' consumer group, which tells what is in the queue.
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.logger = logger
        gatherer = Gatherer(kafka: kafka, topics: topics, group: group, logger: logger)
    }

    /// Waits until all jobs have a result, the time is up, or the task is cancelled.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called with how many jobs have a result, and how many there are.
    /// - Throws: `KafkaError`.
    public func wait(
        for cancelled: CancelOutcome, timeout: Duration?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> Outcome {
        switch cancelled.cancellation.target {
        case .batchID(let id):
            let batch = try await gatherer.gather(batchID: id, timeout: timeout) { state in
                if let total = state.total { progress(state.done, total) }
            }
            return Outcome(batch)
        case .jobID(let id):
            return try await result(of: id, run: cancelled.cancellation.maxRun, timeout: timeout)
        case nil:
            return Outcome(ending: .complete, total: 0)
        }
    }

    private func result(of jobID: String, run: UInt32, timeout: Duration?) async throws -> Outcome {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let found = await Result { () async throws in
            try await TimeLimit.run(timeout) { try await result(of: jobID, run: run, reader) }
        }
        await reader.close()
        guard let status = try found.get() else {
            return Outcome(ending: Task.isCancelled ? .interrupted : .timedOut, total: 1)
        }
        return Outcome(ending: .complete, total: 1, statuses: [status: 1])
    }

    /// - Returns: `nil` when the task was cancelled before there was a result.
    private func result(
        of jobID: String, run: UInt32, _ reader: KafkaReader
    ) async throws -> TranslationResult.Status? {
        let key = Array(jobID.utf8)
        do {
            let starts = try await reader.watermarks(of: topics.results).mapValues(\.low)
            for try await chunk in try await reader.read(topic: topics.results, from: starts, until: .never).batches {
                for record in chunk where record.key == key {
                    let headers = record.headers.map(MessageHeader.init)
                    let result = try? MessageCodec.decode(TranslationResult.self, from: record.value, headers: headers)
                    if let result, result.jobID == jobID, result.run >= run { return result.status }
                }
            }
        } catch is CancellationError {
            return nil
        }
        return nil
    }
}
