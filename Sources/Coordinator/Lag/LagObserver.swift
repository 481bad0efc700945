import FoundationEssentials
import Jobs
import Kafka
import Ledger
import Logging

/// Reads again and again what waits for a group of workers, and knows besides what ``LagReader`` does how much audio that
/// is, how fast it gets less, and when it will be done.
///
/// Jobs and results are read once each, as they come, with no group that anybody would notice; what is kept of them is
/// bounded. One connection serves all readings: ``close()`` it when done.
public actor LagObserver {
    /// What is looked at, and for how long.
    public struct Options: Sendable, Hashable {
        /// How far back results tell how fast the workers are.
        public var window = Duration.seconds(300)
        /// After so long without any sign of work a partition with jobs is stuck.
        public var stuckAfter = Duration.seconds(900)
        /// Jobs that are looked at one by one, over all partitions; those beyond are taken to be like them.
        public var jobLimit = 500_000
        /// Whether dead letters are counted.
        public var countsDeadLetters = false

        /// Creates options.
        public init() {}
    }

    private let lagReader: LagReader
    private let reader: KafkaReader
    private let topics: TopicNames
    private let options: Options
    private var averages = BatchAverages()
    private var results: ResultTail
    private var letters: DeadLetterTally
    private var backlogs: [KafkaPartition: PartitionBacklog] = [:]
    private var watches: [KafkaPartition: PartitionWatch] = [:]
    private var drains: [String: DrainHistory] = [:]
    /// The reading under way: there is one at a time, and who asks meanwhile gets the next.
    private var turn: Task<Void, Never>?

    /// Creates an observer. It connects in the background.
    /// - Throws: `KafkaError` (configuration).
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, options: Options = Options(), logger: Logger
    ) throws(KafkaError) {
        lagReader = try LagReader(kafka: kafka, topics: topics, group: group, logger: logger)
        reader = try KafkaReader(configuration: kafka, logger: logger)
        self.topics = topics
        self.options = options
        results = ResultTail(topic: topics.results)
        letters = DeadLetterTally(topic: topics.deadLetters)
    }

    /// Takes a reading. The first one reads the jobs that wait and the latest results, the others what has come since.
    /// - Throws: `KafkaError` (unknownTopic, brokerUnreachable, timedOut, closed), `CancellationError`.
    public func read() async throws -> LagReport {
        while let other = turn { await other.value }
        let (ends, end) = AsyncStream<Void>.makeStream()
        turn = Task { for await _ in ends {} }
        defer {
            turn = nil
            end.finish()
        }
        return try await observe()
    }

    /// Ends the connections.
    public func close() async {
        await lagReader.close()
        await reader.close()
    }

    private func observe() async throws -> LagReport {
        var report = try await lagReader.read()
        try await readResults(report)
        try await readJobs(report)
        if options.countsDeadLetters {
            var tally = letters
            try await tally.read(reader)
            letters = tally
            report.deadLetters = letters.counts
        }
        forgetBatches()
        complete(&report)
        return report
    }

    // MARK: - Reading

    private func readResults(_ report: LagReport) async throws {
        // What is finished and not committed is in the results from there on.
        var wanted: [Int32: Int64] = [:]
        for each in report.partitions where each.lag > 0 {
            if let end = each.ledger?.resultsEnd { wanted[each.partition] = min(wanted[each.partition] ?? .max, end) }
        }
        let share = max(1_000, options.jobLimit / max(1, report.partitions.count))
        for each in report.partitions {
            let key = KafkaPartition(topic: each.topic, partition: each.partition)
            backlogs[key, default: PartitionBacklog(limit: share)].advance(to: each)
        }
        var tail = results
        let answers = try await tail.read(reader, from: wanted)
        results = tail
        for answer in answers {
            averages.add(answer.audioSeconds, batchID: answer.batchID)
            let partition = KafkaPartition(topic: answer.place.topic, partition: answer.place.partition)
            backlogs[partition]?.answer(answer.place.offset)
            drains[partition.topic, default: DrainHistory(window: options.window / .seconds(1))]
                .add(at: answer.time, audio: answer.audioSeconds)
        }
        if let since = results.completeSince { for topic in drains.keys { drains[topic]?.begin(at: since) } }
    }

    private func readJobs(_ report: LagReport) async throws {
        for topic in report.lanes {
            let partitions = report.partitions(of: topic)
            var open: [Int32: Range<Int64>] = [:]
            for each in partitions {
                let key = KafkaPartition(topic: topic, partition: each.partition)
                if let range = backlogs[key]?.wanted(each) { open[each.partition] = range }
            }
            guard !open.isEmpty else { continue }
            let ends = open.mapValues(\.upperBound)
            let records = try await reader.read(
                topic: topic, from: open.mapValues(\.lowerBound), until: .currentEnd)
            for try await batch in records.batches {
                for record in batch {
                    let key = KafkaPartition(topic: topic, partition: record.partition)
                    guard open[record.partition] != nil else { continue }
                    let job = WaitingJob(record) { averages.index(of: $0) }
                    backlogs[key]?.add(job)
                    let isLast = record.offset + 1 >= ends[record.partition] ?? 0
                    if isLast || backlogs[key]?.isFull ?? true { open[record.partition] = nil }
                }
                if open.isEmpty { break }
            }
            try Task.checkCancellation()
            // The last offsets of a log need not hold records.
            for (partition, end) in ends {
                backlogs[KafkaPartition(topic: topic, partition: partition)]?.finishReading(end)
            }
        }
    }

    // MARK: - Reckoning

    private func forgetBatches() {
        guard averages.isFull else { return }
        let used = Set(backlogs.values.flatMap { $0.jobs.map(\.batch) })
        let places = averages.compact(keeping: used)
        for key in backlogs.keys { backlogs[key]?.move(places) }
    }

    private func complete(_ report: inout LagReport) {
        let now = ContinuousClock.now
        var sums: [String: (waiting: BacklogSum, begun: BacklogSum)] = [:]
        for index in report.partitions.indices {
            let lag = report.partitions[index]
            let key = KafkaPartition(topic: lag.topic, partition: lag.partition)
            guard let (waiting, begun) = backlogs[key]?.sums(lag) else { continue }
            report.partitions[index].finishedAhead = max(0, lag.lag - waiting.jobs)
            report.partitions[index].audioSeconds = waiting.audio(averages)?.seconds
            report.partitions[index].oldest = waiting.oldest
            let idle = watches[key, default: PartitionWatch()].look(report.partitions[index], at: now)
            report.partitions[index].isStuck = idle >= options.stuckAfter
            sums[lag.topic, default: (BacklogSum(), BacklogSum())].waiting += waiting
            sums[lag.topic, default: (BacklogSum(), BacklogSum())].begun += begun
        }
        report.backlogs = report.lanes.map { topic in
            let (waiting, begun) = sums[topic] ?? (BacklogSum(), BacklogSum())
            if waiting.jobs == 0 { drains[topic]?.begin(at: report.time) }
            return backlog(topic, waiting, begun, at: report.time)
        }
    }

    private func backlog(
        _ topic: String, _ waiting: BacklogSum, _ begun: BacklogSum, at time: Date
    ) -> LaneBacklog {
        var backlog = LaneBacklog(topic: topic, jobs: waiting.jobs)
        let audio = waiting.audio(averages)
        backlog.audioSeconds = audio?.seconds
        backlog.oldest = waiting.oldest
        backlog.drain = drains[topic]?.rate(at: time)
        guard waiting.jobs > 0 else {
            backlog.timeToEmpty = TimeEstimate(seconds: 0, least: 0, most: 0)
            return backlog
        }
        guard let drain = backlog.drain else { return backlog }
        // What has been begun is half done on the average.
        if let audio, audio.seconds > 0, drain.audio > 0 {
            let done = (begun.audio(averages)?.seconds ?? 0) / 2
            backlog.timeToEmpty = TimeEstimate(
                of: max(0, audio.seconds - done), error: audio.variance.squareRoot(), at: drain.audio,
                rateError: drain.audioError)
        } else {
            backlog.timeToEmpty = TimeEstimate(
                of: Double(waiting.jobs) - Double(begun.jobs) / 2, error: 0, at: drain.jobs, rateError: drain.jobsError)
        }
        return backlog
    }
}
