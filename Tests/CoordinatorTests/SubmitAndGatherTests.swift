import Jobs
import Kafka
import Logging
import Testing

@testable import Coordinator

/// Against a real client and a broker that is not of our making (librdkafka's mock cluster).
@Suite(.timeLimit(.minutes(5))) struct SubmitAndGatherTests {
    private let broker: EmbeddedBroker
    private let topics: TopicNames
    private let kafka: KafkaConfiguration
    private let logger: Logger

    init() throws {
        topics = try TopicNames(prefix: "t.")
        broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: 4) })
        kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        self.logger = logger
    }

    @Test(arguments: WireFormat.allCases)
    func batchThereAndBack(format: WireFormat) async throws {
        try await publishNoise()
        let batch = try JobBatch(uris: Examples.uris(50))
        let summary = try await submitter(format).submit(batch)
        #expect(summary.batchID == batch.id && summary.sentCount == 50 && summary.isComplete)
        let record = try await record(of: batch)
        #expect(record.jobCount == 50 && record.jobsDigest == batch.digest && record.state == .unspecified)

        let jobs = try await self.jobs()
        #expect(try Set(jobs.map(\.job)) == Set(batch.jobs.map { asSent($0, in: batch) }))
        for (partition, offsets) in Dictionary(grouping: jobs, by: \.record.partition) {
            let range = try #require(record.partitions.first { $0.partition == partition })
            #expect(range.jobsStart == offsets.map(\.record.offset).min())
            #expect(range.jobsEnd == (offsets.map(\.record.offset).max() ?? 0) + 1)
        }
        // The noise lies before the place where to begin to look.
        #expect(record.partitions.map(\.resultsStart) == [1, 1, 1, 1])
        #expect(jobs.allSatisfy { String(decoding: $0.record.key ?? [], as: UTF8.self) == $0.job.id })

        async let gathered = gatherer().gather(batchID: batch.id, timeout: .seconds(120))
        try await publish(jobs.reversed().map { Examples.result($0.job, text: $0.job.id) }, at: jobs.reversed())
        let answer = try await gathered
        #expect(answer.ending == .complete && answer.jobCount == 50 && answer.failures.isEmpty)
        #expect(try answer.results.map { try $0.decoded().text } == batch.jobs.map(\.id))
    }

    @Test func batchSubmittedTwice() async throws {
        let batch = try JobBatch(uris: Examples.uris(8), template: TranslationJob())
        _ = try await submitter().submit(batch)
        let first = try await jobs()
        try await publish(first.map { Examples.result($0.job, text: "first") }, at: first)
        let again = try await submitter().submit(batch)
        #expect(again.answeredCount == 8 && again.sentCount == 0 && again.isComplete)
        let answer = try await gatherer().gather(batchID: batch.id, timeout: .seconds(120))
        #expect(
            try answer.ending == .complete
                && answer.results.map { try $0.decoded().text } == Array(repeating: "first", count: 8))
    }

    @Test func nameOfAnotherBatch() async throws {
        _ = try await submitter().submit(JobBatch(uris: Examples.uris(2), template: TranslationJob(), name: "mine"))
        let other = try JobBatch(uris: Examples.uris(3), template: TranslationJob(), name: "mine")
        let error = await #expect(throws: CoordinatorError.self) { try await submitter().submit(other) }
        #expect(error?.code == .batchNameTaken)
    }

    @Test func timeoutGivesWhatThereIs() async throws {
        let batch = try JobBatch(uris: Examples.uris(3), template: TranslationJob())
        _ = try await submitter().submit(batch)
        let jobs = try await jobs()
        try await publish([Examples.result(jobs[0].job, status: .failed)], at: [jobs[0]])
        let answer = try await gatherer().gather(batchID: batch.id, timeout: .seconds(6))
        #expect(answer.ending == .timedOut && answer.jobCount == 3)
        #expect(answer.results.map(\.jobID) == [jobs[0].job.id] && answer.failures.count == 1)
    }

    @Test func unknownBatch() async throws {
        let answer = try await gatherer().gather(batchID: "nobody", timeout: .seconds(1))
        #expect(answer.ending == .timedOut && answer.jobCount == nil && answer.results.isEmpty)
    }

    @Test func recordThatComesLater() async throws {
        let batch = try JobBatch(uris: Examples.uris(1), template: TranslationJob())
        async let gathered = gatherer().gather(batchID: batch.id, timeout: .seconds(120))
        try await Task.sleep(for: .milliseconds(300))
        _ = try await submitter().submit(batch)
        let jobs = try await jobs()
        try await publish([Examples.result(jobs[0].job)], at: jobs)
        #expect(try await gathered.ending == .complete)
    }

    @Test func interruptedGatherKeepsWhatThereIs() async throws {
        let gatherer = gatherer()
        let gathering = Task { try await gatherer.gather(batchID: "nobody") }
        try await Task.sleep(for: .milliseconds(200))
        gathering.cancel()
        #expect(try await gathering.value.ending == .interrupted)
    }

    @Test func unreachableBroker() async throws {
        let nowhere = KafkaConfiguration(bootstrapServers: "127.0.0.1:1", requestTimeout: .seconds(1))
        let submitter = Submitter(kafka: nowhere, topics: topics, group: "g", format: .json, logger: logger)
        let batch = try JobBatch(uris: Examples.uris(1), template: TranslationJob())
        let error = await #expect(throws: KafkaError.self) { try await submitter.submit(batch) }
        #expect(error?.code == .brokerUnreachable)
    }

    private func submitter(_ format: WireFormat = .protobuf) -> Submitter {
        Submitter(kafka: kafka, topics: topics, group: "g", format: format, logger: logger)
    }

    private func gatherer() -> Gatherer {
        Gatherer(kafka: kafka, topics: topics, logger: logger)
    }

    private func withoutTime(_ job: TranslationJob) -> TranslationJob {
        var job = job
        job.submitDate = nil
        return job
    }

    private func asSent(_ job: TranslationJob, in batch: JobBatch) -> TranslationJob {
        var job = job
        job.batchID = batch.id
        return job
    }

    /// The batch's last record.
    private func record(of batch: JobBatch) async throws -> BatchRecord {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        var finder = BatchFinder(batchID: batch.id, topics: topics, reader: reader)
        try await finder.update()
        await reader.close()
        return try #require(finder.records.last)
    }

    /// What lies in the topic `jobs`.
    private func jobs() async throws -> [(job: TranslationJob, record: KafkaRecord)] {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        var jobs: [(job: TranslationJob, record: KafkaRecord)] = []
        let starts: [Int32: Int64] = [0: 0, 1: 0, 2: 0, 3: 0]
        for try await record in try await reader.read(topic: topics.jobs, from: starts, until: .currentEnd) {
            let headers = record.headers.map { MessageHeader(name: $0.key, value: $0.value) }
            let job: TranslationJob = try MessageCodec.decode(from: record.value, headers: headers)
            #expect(job.submitDate != nil)
            jobs.append((withoutTime(job), record))
        }
        await reader.close()
        return jobs
    }

    private func publish(
        _ results: [TranslationResult], at jobs: [(job: TranslationJob, record: KafkaRecord)]
    ) async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        for (result, job) in zip(results, jobs) {
            try await producer.send(
                topic: topics.results, partition: job.record.partition, key: Array(result.jobID.utf8),
                value: MessageCodec.encode(result, as: .json))
        }
        await producer.close()
    }

    /// One result of another batch, or not even that, in each partition.
    private func publishNoise() async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        for partition in 0..<Int32(4) {
            try await producer.send(topic: topics.results, partition: partition, key: nil, value: [0xFF])
        }
        await producer.close()
    }
}
