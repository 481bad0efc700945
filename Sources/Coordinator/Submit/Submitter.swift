import FoundationEssentials
import Jobs
import Kafka
import Logging
import Platform

/// Sends batches of jobs. A record in the topic `batches` says that a submit has begun, another one that all its jobs are
/// there.
public struct Submitter: Sendable {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let group: String
    private let format: WireFormat
    private let logger: Logger

    /// Creates a submitter.
    /// - Parameters:
    ///   - group: the workers' consumer group, which tells what of a batch still waits.
    ///   - format: how jobs, and with them their results, are encoded.
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, format: WireFormat, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.format = format
        self.logger = logger
    }

    /// Sends those jobs of a batch that have no result and don't wait for one since an earlier submit, and returns when
    /// the brokers have all of them.
    ///
    /// A cancelled submit stops between two chunks of jobs and says how far it came.
    /// - Parameter progress: called with what is being done, from any thread.
    /// - Throws: ``CoordinatorError``, `KafkaError`, or `CancellationError` when nothing was sent.
    public func submit(
        _ batch: JobBatch, options: SubmitOptions = SubmitOptions(),
        progress: @escaping @Sendable (SubmitProgress) -> Void = { _ in }
    ) async throws -> SubmitSummary {
        try batch.check()
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        do {
            let summary = try await submit(batch, options, reader, progress)
            await reader.close()
            return summary
        } catch {
            await reader.close()
            throw error
        }
    }

    private func submit(
        _ batch: JobBatch, _ options: SubmitOptions, _ reader: KafkaReader,
        _ progress: @escaping @Sendable (SubmitProgress) -> Void
    ) async throws -> SubmitSummary {
        progress(.lookingBack)
        var finder = BatchFinder(batchID: batch.id, topics: topics, reader: reader)
        try await finder.update()
        let history = SubmitHistory(batchID: batch.id, finder)
        let (run, isRepeated) = try history.run(of: batch.digest, options)
        let handled =
            isRepeated
            ? try await HandledJobs(
                batchID: batch.id, run: run, history: history, topics: topics, group: group, reader: reader)
            : HandledJobs(batchID: batch.id, run: run)
        var summary = try await SubmitSummary(batch, run: run, handled)
        let total = summary.missingCount
        if total == 0, history.isFinished {
            summary.isComplete = true
            return summary
        }

        var record = BatchRecord(batch, run: run, topics: topics, lane: options.lane)
        let start = Date()
        record.submitDate = start
        let ends = try await ends(of: record.jobsTopic, reader)
        record.partitions = ends.map { PartitionRange($0, jobs: $1.jobs, $1.jobs, results: $1.results) }
        record.partitions.sort { $0.partition < $1.partition }
        record.state = .open
        let envelope = JobEnvelope(
            batchID: batch.id, run: run, topic: record.jobsTopic, format: format, submitDate: start)
        return try await withProducer { producer in
            try await send(record, producer)
            let sender = BatchSender(
                spool: batch.spool, handled: handled, sink: KafkaJobSink(envelope: envelope, producer: producer),
                total: total, progress: progress)
            let outcome = try await withGate(options) { gate in await sender.send(through: gate) }
            summary.sentCount = outcome.acknowledgedCount
            guard try outcome.isComplete(of: total, batch.id) else { return summary }
            record.partitions = history.ranges(
                sent: outcome.ranges, to: record.jobsTopic, jobsEnds: ends.mapValues(\.jobs),
                resultsEnds: ends.mapValues(\.results))
            record.state = .unspecified
            record.finishDate = Date()
            // All jobs are there: an interruption that comes now must not leave the batch without its record.
            try await Task { [record] in try await send(record, producer) }.value
            summary.isComplete = true
            return summary
        }
    }

    /// The ends of the partitions of jobs and results: where the first to come will be.
    private func ends(
        of jobsTopic: String, _ reader: KafkaReader
    ) async throws -> [Int32: (jobs: Int64, results: Int64)] {
        let results = try await reader.watermarks(of: topics.results)
        let jobs = try await reader.watermarks(of: jobsTopic)
        guard jobs.count == results.count else {
            throw CoordinatorError(
                .partitionCountsDiffer,
                "topic \(topics.results) has \(results.count) partitions and \(jobsTopic) has \(jobs.count): they must "
                    + "have equally many, since a result goes to the partition number its job came from")
        }
        return jobs.reduce(into: [:]) { ends, each in
            ends[each.key] = (each.value.high, results[each.key]?.high ?? 0)
        }
    }

    private func send(_ record: BatchRecord, _ producer: KafkaProducer) async throws {
        let headers = MessageCodec.headers(
            for: BatchRecord.self, format: format, id: "\(record.batchID)/\(record.run)", source: JobEnvelope.source)
        try await producer.send(
            topic: topics.batches, key: Array(record.batchID.utf8), value: MessageCodec.encode(record, as: format),
            headers: headers.map(KafkaHeader.init))
    }

    private func withProducer<Value>(_ body: (KafkaProducer) async throws -> Value) async throws -> Value {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        do {
            let value = try await body(producer)
            await producer.close()
            return value
        } catch {
            await producer.close()
            throw error
        }
    }

    private func withGate<Value>(
        _ options: SubmitOptions, _ body: (BacklogGate?) async throws -> Value
    ) async throws -> Value {
        guard let limit = options.backlogLimit else { return try await body(nil) }
        let lag = try LagReader(kafka: kafka, topics: topics, group: group, logger: logger)
        do {
            let value = try await body(BacklogGate(limit: limit) { try await lag.read().totalLag })
            await lag.close()
            return value
        } catch {
            await lag.close()
            throw error
        }
    }
}

extension BatchRecord {
    fileprivate init(_ batch: JobBatch, run: UInt32, topics: TopicNames, lane: SubmitOptions.Lane) {
        self.init()
        batchID = batch.id
        self.run = run
        jobCount = UInt32(clamping: batch.jobCount)
        jobsDigest = batch.digest
        jobsTopic = lane == .jobs ? topics.jobs : topics.bulkJobs
        resultsTopic = topics.results
        options = batch.summary.options
        labels = batch.summary.labels
        if batch.unknownLengthCount == 0 { audioSeconds = batch.audioSeconds }
    }
}
