import FoundationEssentials
import Jobs
import Kafka
import Logging

/// Sends batches of jobs. A batch is complete when its record is in the topic `batches`, which is written last.
public struct Submitter: Sendable {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let format: WireFormat
    private let logger: Logger

    /// Jobs that may be on their way to the brokers at a time.
    private static let window = 1000
    private static let source = "dragoman/submit"

    /// Creates a submitter.
    /// - Parameter format: how jobs, and with them their results, are encoded.
    public init(kafka: KafkaConfiguration, topics: TopicNames, format: WireFormat, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.format = format
        self.logger = logger
    }

    /// Sends a batch and returns when the brokers have all of it. What was sent before may be sent again: the jobs have
    /// the same ids, so that either submit's results count.
    /// - Parameter progress: called with the number of jobs acknowledged so far.
    /// - Throws: ``CoordinatorError``, `KafkaError`, or `CancellationError` between two jobs.
    public func submit(
        _ batch: JobBatch, progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> BatchRecord {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        do {
            let producer = try KafkaProducer(configuration: kafka, logger: logger)
            do {
                let record = try await submit(batch, reader, producer, progress)
                await producer.close()
                await reader.close()
                return record
            } catch {
                await producer.close()
                throw error
            }
        } catch {
            await reader.close()
            throw error
        }
    }

    private func submit(
        _ batch: JobBatch, _ reader: KafkaReader, _ producer: KafkaProducer, _ progress: @Sendable (Int) -> Void
    ) async throws -> BatchRecord {
        var record = BatchRecord(batch, topics: topics)
        record.submitDate = Date()
        try await checkName(of: batch, reader)
        let resultsStart = try await resultsEnds(reader)
        let ranges: [Int32: ClosedRange<Int64>]
        do {
            ranges = try await send(batch.jobs, producer, progress)
        } catch let error where !(error is CancellationError) {
            throw CoordinatorError(
                .incompleteSubmit,
                "not all jobs of batch \(batch.id) could be sent; submit it again, it stays the same batch",
                cause: error
            )
        }
        record.partitions = ranges.sorted { $0.key < $1.key }.map { partition, offsets in
            var range = PartitionRange()
            range.partition = partition
            range.jobsStart = offsets.lowerBound
            range.jobsEnd = offsets.upperBound + 1
            range.resultsStart = resultsStart[partition] ?? 0
            return range
        }
        record.finishDate = Date()
        try await producer.send(
            record, id: "\(batch.id)/\(batch.run)", key: batch.id, to: topics.batches, format: format,
            source: Self.source)
        return record
    }

    /// A name stands for the same jobs for ever.
    private func checkName(of batch: JobBatch, _ reader: KafkaReader) async throws {
        var finder = BatchFinder(batchID: batch.id, topics: topics, reader: reader)
        try await finder.update()
        guard finder.records.allSatisfy({ $0.jobsDigest == batch.digest }) else {
            throw CoordinatorError(
                .batchNameTaken, "batch \(batch.id) was submitted before with other jobs; choose another name")
        }
    }

    /// Where results of jobs not sent yet will appear at the earliest.
    private func resultsEnds(_ reader: KafkaReader) async throws -> [Int32: Int64] {
        let count = try await reader.partitionCount(of: topics.results)
        let jobsCount = try await reader.partitionCount(of: topics.jobs)
        guard count == jobsCount else {
            throw CoordinatorError(
                .partitionCountsDiffer,
                "topic \(topics.results) has \(count) partitions and \(topics.jobs) has \(jobsCount): they must have "
                    + "equally many, since a result goes to the partition number its job came from")
        }
        return try await withThrowingTaskGroup(of: (Int32, Int64).self) { [topics] group in
            for partition in 0..<Int32(count) {
                group.addTask {
                    (partition, try await reader.watermarks(topic: topics.results, partition: partition).high)
                }
            }
            return try await group.reduce(into: [:]) { ends, end in ends[end.0] = end.1 }
        }
    }

    /// - Returns: by partition, the offsets of the first and the last job.
    private func send(
        _ jobs: [TranslationJob], _ producer: KafkaProducer, _ progress: @Sendable (Int) -> Void
    ) async throws -> [Int32: ClosedRange<Int64>] {
        try await withThrowingTaskGroup(of: (partition: Int32, offset: Int64).self) { [self] group in
            var ranges: [Int32: ClosedRange<Int64>] = [:]
            var acknowledged = 0
            func finishOne() async throws {
                guard let (partition, offset) = try await group.next() else { return }
                let range = ranges[partition] ?? offset...offset
                ranges[partition] = min(range.lowerBound, offset)...max(range.upperBound, offset)
                acknowledged += 1
                progress(acknowledged)
            }
            let submitDate = Date()
            for (index, var job) in jobs.enumerated() {
                try Task.checkCancellation()
                if index >= Self.window { try await finishOne() }
                job.submitDate = submitDate
                group.addTask { [job] in
                    try await producer.send(
                        job, id: "\(job.id)/\(job.run)", key: job.id, to: topics.jobs, format: format,
                        source: Self.source)
                }
            }
            while acknowledged < jobs.count { try await finishOne() }
            return ranges
        }
    }
}

extension KafkaProducer {
    @discardableResult
    fileprivate func send<Message: WireMessage>(
        _ message: Message, id: String, key: String, to topic: String, format: WireFormat, source: String
    ) async throws -> (partition: Int32, offset: Int64) {
        let headers = MessageCodec.headers(for: Message.self, format: format, id: id, source: source)
        return try await send(
            topic: topic, key: Array(key.utf8), value: MessageCodec.encode(message, as: format),
            headers: headers.map(KafkaHeader.init))
    }
}

extension BatchRecord {
    fileprivate init(_ batch: JobBatch, topics: TopicNames) {
        self.init()
        batchID = batch.id
        run = batch.run
        jobCount = UInt32(clamping: batch.jobs.count)
        jobsDigest = batch.digest
        jobsTopic = topics.jobs
        resultsTopic = topics.results
        guard let job = batch.jobs.first else { return }
        options.model = job.model
        options.sourceLanguage = job.sourceLanguage
        options.targetLanguage = job.targetLanguage
        if job.hasDecoding { options.decoding = job.decoding }
        if job.hasSegmentation { options.segmentation = job.segmentation }
        labels = job.labels
    }
}
