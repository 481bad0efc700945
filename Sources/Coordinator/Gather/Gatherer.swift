import Jobs
import Kafka
import Logging

/// Collects the results of a batch from the topics alone: its record says how many there are and where to begin to look.
public struct Gatherer: Sendable {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let group: String?
    private let logger: Logger

    /// How often to look whether a batch's record has come.
    private static let pollInterval = Duration.milliseconds(500)
    /// How long brokers that were there may be away.
    private static let patience = Duration.seconds(300)

    /// Creates a gatherer.
    /// - Parameter group: the workers' consumer group, which tells what is still in the queue; without it, jobs that were
    ///   lost are waited for like others.
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String? = nil, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.logger = logger
    }

    /// Waits for a batch's record and then for all its results, until the timeout or until the task is cancelled.
    ///
    /// Of a batch that is complete the same results come every time, whoever gathers and when. Several records of a
    /// batch are several submits of it: results of the last one's run are waited for. Jobs that have no result and wait
    /// nowhere are not waited for. Brokers that go away while results are waited for have some minutes to come back.
    /// - Parameters:
    ///   - timeout: `nil` waits without end.
    ///   - progress: called when there is news, at most once for all results that came together.
    /// - Returns: What there is by then; also when the record was never found.
    /// - Throws: `KafkaError`.
    public func gather(
        batchID: String, timeout: Duration? = nil, progress: @escaping @Sendable (GatherProgress) -> Void = { _ in }
    ) async throws -> GatheredBatch {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let collected = await Result { () async throws in
            try await TimeLimit.run(timeout) { try await collect(batchID, reader, progress) }
        }
        await reader.close()
        var batch = try collected.get()
        if batch.ending == .timedOut, Task.isCancelled { batch.ending = .interrupted }
        return batch
    }

    /// - Returns: what was collected when the last result came or the task was cancelled.
    private func collect(
        _ batchID: String, _ reader: KafkaReader, _ progress: @escaping @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch {
        var finder = BatchFinder(batchID: batchID, topics: topics, reader: reader)
        let found = try await find(with: &finder, progress)
        guard found.isFound else {
            return GatheredBatch(ending: .timedOut, progress: found.progress, results: [])
        }
        var gathering = Gathering(
            finder: finder, topics: topics, group: group, reader: reader, progress: progress)
        // All that is there already is read, so that whoever gathers later than another sees the same.
        try await gathering.catchUp()
        try await wait(&gathering)
        return gathering.batch
    }

    /// Reads on until there is nothing more to come.
    private func wait(_ gathering: inout Gathering) async throws {
        var lastSuccess = ContinuousClock.now
        while !gathering.isDone, !Task.isCancelled {
            do {
                try await gathering.inspect()
                guard !gathering.isDone else { return }
                try await gathering.follow()
                lastSuccess = .now
            } catch let error as KafkaError where [.brokerUnreachable, .timedOut].contains(error.code) {
                guard lastSuccess.duration(to: .now) < Self.patience else { throw error }
                gathering.brokersAreAway()
                try? await Task.sleep(for: .seconds(1))
            } catch is CancellationError {
                // What was collected so far is the answer.
                return
            }
        }
    }

    /// Waits for a submit of the batch that has ended.
    /// - Returns: whether there was one before the task was cancelled.
    private func find(
        with finder: inout BatchFinder, _ progress: @Sendable (GatherProgress) -> Void
    ) async throws -> (isFound: Bool, progress: GatherProgress) {
        var state = GatherProgress()
        do {
            while !Task.isCancelled {
                try await finder.update()
                if finder.records.current != nil { return (true, state) }
                state.phase = finder.unfinishedRecord == nil ? .waitingForRecord : .waitingForSubmit
                progress(state)
                try await Task.sleep(for: Self.pollInterval)
            }
        } catch is CancellationError {
            // Nothing found.
        }
        return (false, state)
    }
}
