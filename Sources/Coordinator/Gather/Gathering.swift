import Jobs
import Kafka
import Synchronization

/// The work of gathering one batch whose record is there.
struct Gathering {
    /// Whether nothing is left to wait for.
    var isDone: Bool { collector.isComplete || missing > 0 }

    /// What was collected so far.
    var batch: GatheredBatch {
        let ending: GatheredBatch.Ending =
            collector.isComplete ? .complete : missing > 0 ? .jobsMissing(missing) : .timedOut
        var batch = GatheredBatch(ending: ending, progress: collector.progress, results: collector.results)
        batch.unreadable = collector.unreadable
        batch.losses = collector.isComplete ? [] : losses
        return batch
    }

    private let topics: TopicNames
    private let group: String?
    private let reader: KafkaReader
    private let report: @Sendable (GatherProgress) -> Void
    private let record: BatchRecord
    private var finder: BatchFinder
    private var collector: ResultCollector
    /// The next offset to read, by partition.
    private var positions: [Int32: Int64] = [:]
    private var losses: [RecordLoss] = []
    /// Jobs that have no result and wait nowhere.
    private var missing = 0
    private var nextCount = ContinuousClock.now
    private var countInterval = Self.idleInterval

    /// How long nothing may come before somebody looks why.
    private static let idleInterval = Duration.seconds(10)
    private static let confirmationInterval = Duration.seconds(2)
    private static let longestCountInterval = Duration.seconds(600)

    init(
        finder: BatchFinder, topics: TopicNames, group: String?, reader: KafkaReader,
        progress: @escaping @Sendable (GatherProgress) -> Void
    ) {
        self.finder = finder
        self.topics = topics
        self.group = group
        self.reader = reader
        report = progress
        record = finder.records.current ?? BatchRecord()
        collector = ResultCollector(batchID: finder.batchID, record: record)
    }

    /// Reads what is there already.
    mutating func catchUp() async throws {
        report(collector.progress)
        positions = try await reader.readable(finder.records.resultsStart, of: topics.results)
        try await read(until: .currentEnd)
        guard !collector.isComplete, !Task.isCancelled else { return }
        collector.resultsAreComing()
        report(collector.progress)
        add(try await RecordLoss.find(in: finder.records, topics: topics, reader: reader))
    }

    /// Looks whether what is waited for can still come.
    ///
    /// A log that was lost is shorter than what was read of it: it is read again from its beginning, for workers do again
    /// what they find there.
    mutating func inspect() async throws {
        let lost = try await RecordLoss.find(behind: positions, topics: topics, reader: reader)
        if !lost.isEmpty {
            add(lost)
            for loss in lost { positions[loss.partition.partition] = loss.available.lowerBound }
            nextCount = .now
        }
        guard let group, nextCount <= .now else { return }
        let found = try await missingCount(group)
        if found > 0 {
            // Nobody is told to give up on the strength of a single look, not even when the time is up before the second.
            try await Task.sleep(for: Self.confirmationInterval)
            missing = min(found, try await missingCount(group))
            add(try await RecordLoss.find(in: finder.records, topics: topics, reader: reader))
        }
        // With a long queue it takes a while, and mostly says that all is well.
        nextCount = .now + countInterval
        countInterval = min(countInterval * 2, Self.longestCountInterval)
    }

    /// Reads results as they come, until the batch is complete or none has come for a while.
    mutating func follow() async throws {
        collector.resultsAreComing()
        let activity = Activity()
        let reading = Task { [start = self] in
            var gathering = start
            try await gathering.read(until: .never) { activity.note() }
            return gathering
        }
        let watching = Task {
            while activity.idleTime < Self.idleInterval {
                try await Task.sleep(for: Self.idleInterval - activity.idleTime)
            }
            reading.cancel()
        }
        defer { watching.cancel() }
        self = try await withTaskCancellationHandler {
            try await reading.value
        } onCancel: {
            reading.cancel()
        }
        try Task.checkCancellation()
    }

    /// Says that nothing can be read for now.
    func brokersAreAway() {
        var progress = collector.progress
        progress.phase = .waitingForBrokers
        report(progress)
    }

    /// Jobs without a result that are in no queue either. One that is finished meanwhile has a result before it leaves
    /// the queue, so the results are read last.
    private mutating func missingCount(_ group: String) async throws -> Int {
        try await finder.update()
        // Somebody is sending them, or has sent them once more.
        guard finder.unfinishedRecord == nil, finder.records.current?.run == record.run else { return 0 }
        let waiting = try await WaitingJobs(
            of: finder.batchID, run: record.run, finder.records, topics: topics, group: group, reader: reader)
        try await read(until: .currentEnd)
        // Results that were not read any more are not missing.
        try Task.checkCancellation()
        let unanswered = Int(record.jobCount) - collector.progress.done
        return max(0, unanswered - collector.unanswered(waiting.ids, run: record.run).count)
    }

    private mutating func add(_ found: [RecordLoss]) {
        let new = found.filter { !losses.contains($0) }
        guard !new.isEmpty else { return }
        losses += new
        collector.note(losses)
        report(collector.progress)
    }

    /// A cancellation ends it; what was read by then counts.
    private mutating func read(until end: KafkaReader.End, onNews: () -> Void = {}) async throws {
        do {
            let records = try await reader.read(topic: topics.results, from: positions, until: end, bufferLimit: 2000)
            for try await chunk in records.batches {
                let before = collector.progress
                for record in chunk {
                    positions[record.partition] = record.offset + 1
                    collector.add(record)
                }
                if collector.progress != before {
                    onNews()
                    report(collector.progress)
                }
                if end == .never, collector.isComplete { return }
            }
        } catch is CancellationError {
            return
        }
    }

    /// When there was news last.
    private final class Activity: Sendable {
        private let last = Mutex(ContinuousClock.now)

        var idleTime: Duration { last.withLock { $0 }.duration(to: .now) }

        func note() { last.withLock { $0 = .now } }
    }
}
