import FoundationEssentials
import Jobs
import Kafka

extension DeadLetterBox {
    /// How dead letters are sent again.
    public struct ReplayOptions: Sendable, Hashable {
        /// Whether those are sent too that were replayed before.
        public var repeats = false
        /// Whether messages that can't be read are sent as they are.
        public var sendsUnreadable = false
        /// Whether nothing is sent at all.
        public var isDryRun = false
        /// The most to send; `nil` for all.
        public var limit: Int?

        /// Creates options that send what can be read and was not sent before.
        public init() {}
    }

    /// What a replay did, or would do.
    public struct ReplaySummary: Sendable, Hashable {
        /// Messages sent to the workers.
        public var sentCount = 0
        /// Messages that can't be read, and were not sent.
        public var unreadableCount = 0
        /// Messages of which only the headers are left, since they were too large.
        public var emptyCount = 0
        /// Messages that were replayed before, and were not sent.
        public var handledCount = 0

        /// Creates the summary of nothing.
        public init() {}
    }

    private struct Replay {
        let letter: DeadLetter
        let record: KafkaProducerRecord
        let run: JobRun?
    }

    private static let chunkSize = 500
    private static let chunkBytes = 8_000_000

    /// Sends dead letters to the lanes they came from, to the same partitions, without the headers that retries and dead
    /// letters have. A job gets a run one above the highest that is known of it, so that its new result counts, and loses
    /// a deadline that has passed. What was sent is marked, so that it is not sent again.
    /// - Parameter progress: called with each message that was sent, or would be: the topic it goes to and its run.
    /// - Throws: `KafkaError`; what was sent before is marked, but perhaps for the last few. `CancellationError`.
    public func replay(
        _ filter: DeadLetterFilter, _ options: ReplayOptions = ReplayOptions(),
        progress: (_ letter: DeadLetter, _ topic: String, _ run: UInt32?) -> Void = { _, _, _ in }
    ) async throws -> ReplaySummary {
        let marks = try await marks()
        var runs = try await highestRuns(filter, marks)
        let partitionCounts = try await partitionCounts()
        return try await withProducer { producer in
            var summary = ReplaySummary()
            var chunk: [Replay] = []
            try await forEach(filter, marks) { letter in
                switch letter.state {
                case .purged: return true
                case .replayed where !options.repeats:
                    summary.handledCount += 1
                    return true
                case .open, .replayed: break
                }
                if let limit = options.limit, summary.sentCount + chunk.count >= limit { return false }
                guard letter.value != nil else {
                    summary.emptyCount += 1
                    return true
                }
                guard let replay = try replay(letter, &runs, partitionCounts, options) else {
                    summary.unreadableCount += 1
                    return true
                }
                chunk.append(replay)
                let bytes = chunk.reduce(0) { $0 + ($1.record.value?.count ?? 0) }
                if chunk.count >= Self.chunkSize || bytes >= Self.chunkBytes {
                    try await send(&chunk, producer, options, &summary, progress)
                }
                return true
            }
            try await send(&chunk, producer, options, &summary, progress)
            return summary
        }
    }

    private func send(
        _ chunk: inout [Replay], _ producer: KafkaProducer, _ options: ReplayOptions, _ summary: inout ReplaySummary,
        _ progress: (DeadLetter, String, UInt32?) -> Void
    ) async throws {
        try Task.checkCancellation()
        if !options.isDryRun {
            let (messages, now) = (chunk.map(\.record), Date())
            let marks = chunk.map { DeadLetterMarks.record(.replayed, $0.letter, run: $0.run, time: now) }
            // Not a child of this task: what is sent is marked, whatever becomes of the caller.
            try await Task {
                try await producer.send(messages)
                try await producer.send(marks)
            }.value
        }
        for replay in chunk { progress(replay.letter, replay.record.topic, replay.run?.run) }
        summary.sentCount += chunk.count
        chunk = []
    }

    /// - Returns: `nil` for what can't be read, where that is not to be sent.
    private func replay(
        _ letter: DeadLetter, _ runs: inout [String: UInt32], _ partitionCounts: [String: Int],
        _ options: ReplayOptions
    ) throws -> Replay? {
        let topic = letter.lane == topics.bulkJobs ? topics.bulkJobs : topics.jobs
        var record = KafkaProducerRecord(
            topic: topic, partition: nil, key: letter.key, value: letter.value,
            headers: letter.headers.filter { !Self.addedHeaders.contains($0.name) }.map(KafkaHeader.init))
        if let partition = letter.origin?.partition, Int(partition) < partitionCounts[topic] ?? 0 {
            record.partition = partition
        }
        guard var job = try? letter.job.get(), let jobID = letter.jobID else {
            return options.sendsUnreadable ? Replay(letter: letter, record: record, run: nil) : nil
        }
        let highest = max(runs[jobID] ?? 0, job.run)
        // There is no number after the last one, and nobody has repeated a job so often.
        guard highest < .max else { return nil }
        let run = JobRun(jobID: jobID, run: highest + 1)
        runs[jobID] = run.run
        job.run = run.run
        if let deadline = job.deadlineDate, deadline < Date() { job.clearDeadline() }
        record.value = try MessageCodec.encode(job, as: MessageCodec.format(of: letter.headers))
        let eventID = KafkaHeader(MessageHeader(.eventID, run.description))
        record.headers = record.headers.map { $0.key == eventID.key ? eventID : $0 }
        return Replay(letter: letter, record: record, run: run)
    }

    private static let addedHeaders = Set(HeaderName.added.map(\.rawValue))

    /// The highest run of each job that passes a filter, among dead letters, replays and results.
    private func highestRuns(_ filter: DeadLetterFilter, _ marks: DeadLetterMarks) async throws -> [String: UInt32] {
        var runs: [String: UInt32] = [:]
        try await forEach(filter, marks) { letter in
            if let id = letter.jobID { runs[id] = max(runs[id] ?? 0, letter.run ?? 0, marks.runs[id] ?? 0) }
            return true
        }
        guard !runs.isEmpty else { return runs }
        let starts = try await reader.watermarks(of: topics.results).mapValues(\.low)
        for try await chunk in try await reader.read(topic: topics.results, from: starts, until: .currentEnd).batches {
            for record in chunk {
                guard let key = record.key, let id = String(validating: key, as: UTF8.self), let run = runs[id],
                    let result = try? MessageCodec.decode(
                        TranslationResult.self, from: record.value, headers: record.headers.map(MessageHeader.init)),
                    result.jobID == id
                else { continue }
                runs[id] = max(run, result.run)
            }
        }
        try Task.checkCancellation()
        return runs
    }

    private func partitionCounts() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for topic in try await reader.existing(topics.lanes) {
            counts[topic] = try await reader.partitionCount(of: topic)
        }
        return counts
    }
}
