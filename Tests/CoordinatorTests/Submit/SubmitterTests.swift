import Jobs
import Kafka
import Synchronization
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct SubmitterTests {
    private let fleet: TestFleet
    private let submitter: Submitter

    init() throws {
        fleet = try TestFleet()
        submitter = Submitter(
            kafka: fleet.kafka, topics: fleet.topics, group: "g", format: .protobuf, logger: fleet.logger)
    }

    @Test func onlyWhatIsMissingIsSentAgain() async throws {
        let batch = try JobBatch(uris: Examples.uris(20))
        let first = try await submitter.submit(batch)
        #expect(first == summary(batch, sent: 20))
        // No worker has been there: all are waiting.
        #expect(try await submitter.submit(batch) == summary(batch, waiting: 20))

        var results = try sent(batch).prefix(5).map { Examples.result($0) }
        results[0].status = .failed
        try await fleet.write(results)
        #expect(try await submitter.submit(batch) == summary(batch, answered: 5, failed: 1, waiting: 15))

        // Workers are past partition 0: what of it has no result was lost.
        let ends = try await jobs().filter { $0.partition == 0 }.count
        try await fleet.commit(group: "g", [0: Int64(ends)])
        let lost = try await jobs().filter { job in
            job.partition == 0 && !results.contains { $0.jobID == job.job.id }
        }
        try #require(!lost.isEmpty && lost.count < 15)
        let again = try await submitter.submit(batch)
        #expect(again == summary(batch, answered: 5, failed: 1, waiting: 15 - lost.count, sent: lost.count))
        let all = try await jobs().map(\.job.id)
        let twice = Dictionary(grouping: all) { $0 }.filter { $0.value.count == 2 }.keys
        #expect(Set(twice) == Set(lost.map(\.job.id)) && all.count == 20 + lost.count)

        let records = try await finder(batch).records
        #expect(records.count == 2)
        let (start, end) = (records[0].partitions.map(\.resultsStart), records[1].partitions.map(\.resultsStart))
        #expect(start == end)
    }

    /// What failed for a while is out of its lane, and comes again by itself.
    @Test func whatIsTriedAgainLaterIsNotSent() async throws {
        let batch = try JobBatch(uris: Examples.uris(6))
        _ = try await submitter.submit(batch)
        let sent = try await jobs()
        var ends: [Int32: Int64] = [:]
        for job in sent { ends[job.partition, default: 0] += 1 }
        try await fleet.write([
            try fleet.record(sent[2].job, key: sent[2].job.id, topic: fleet.topics.retries(.oneHour))
        ])
        try await fleet.commit(group: "g", ends)
        #expect(try await submitter.submit(batch) == summary(batch, waiting: 1, sent: 5))
    }

    /// The brokers lost their data, but for the batch's record: all is sent again, and the record says where.
    @Test func lostRecordsAreSentAgain() async throws {
        let batch = try JobBatch(uris: Examples.uris(5))
        var record = BatchRecord()
        record.batchID = batch.id
        record.jobsDigest = batch.digest
        record.jobCount = 5
        record.jobsTopic = fleet.topics.jobs
        record.partitions = (0..<Int32(TestFleet.partitions)).map { PartitionRange($0, jobs: 40, 80, results: 60) }
        try await fleet.write(record)
        #expect(try await submitter.submit(batch) == summary(batch, sent: 5))
        let ranges = try #require(try await finder(batch).records.last?.partitions)
        #expect(ranges.allSatisfy { $0.jobsStart == 0 && $0.jobsEnd <= 5 && $0.resultsStart == 0 })
        let waiting = summary(batch, waiting: 5)
        #expect(try await submitter.submit(batch) == waiting)
    }

    @Test func anotherRunSendsAll() async throws {
        let batch = try JobBatch(uris: Examples.uris(4))
        _ = try await submitter.submit(batch)
        try await fleet.write(sent(batch).map { Examples.result($0) })
        let second = try await submitter.submit(batch, options: SubmitOptions(run: 1, lane: .bulk))
        #expect(second.run == 1 && second.sentCount == 4)
        #expect(try await jobs(fleet.topics.bulkJobs).map(\.job.run) == [1, 1, 1, 1])
        // The lane before stays known, and so does the run.
        let third = try await submitter.submit(batch)
        #expect(third.run == 1 && third.waitingCount == 4 && third.sentCount == 0)
        let finder = try await finder(batch)
        #expect(finder.records.map(\.run) == [0, 1] && finder.openRecords.map(\.run) == [0, 1])
        #expect(finder.records[1].jobsTopic == fleet.topics.bulkJobs)
    }

    @Test func brokenSubmitIsResumed() async throws {
        let batch = try JobBatch(uris: Examples.uris(10))
        // As a submit leaves it that dies after the third job.
        var open = BatchRecord()
        open.batchID = batch.id
        open.jobsDigest = batch.digest
        open.jobsTopic = fleet.topics.jobs
        open.state = .open
        open.partitions = (0..<Int32(TestFleet.partitions)).map { PartitionRange($0, jobs: 0, 0, results: 0) }
        try await fleet.write(open)
        _ = try await fleet.send(Array(sent(batch).prefix(3)))

        let error = await #expect(throws: CoordinatorError.self) { try await submitter.submit(batch) }
        #expect(error?.code == .unfinishedSubmit)
        #expect(try await jobs().count == 3)
        let summary = try await submitter.submit(batch, options: SubmitOptions(resumes: true))
        #expect(summary == self.summary(batch, waiting: 3, sent: 7))
        #expect(try await Set(jobs().map(\.job.id)).count == 10)
        let finder = try await finder(batch)
        #expect(finder.unfinishedRecord == nil && finder.records.last?.partitions.count == TestFleet.partitions)
        #expect(finder.records.last?.partitions.map(\.jobsStart) == [0, 0, 0, 0])
    }

    /// A submit that breaks after its last job leaves nothing to send, but its record.
    @Test func submitThatBrokeAtTheEnd() async throws {
        let batch = try JobBatch(uris: Examples.uris(2))
        var open = try await fleet.send(sent(batch))
        open.jobsDigest = batch.digest
        open.state = .open
        try await fleet.write(open)
        let summary = try await submitter.submit(batch, options: SubmitOptions(resumes: true))
        #expect(summary == self.summary(batch, waiting: 2))
        #expect(try await finder(batch).records.count == 1)
    }

    @Test func cancelledSubmitStopsAndCanGoOn() async throws {
        let batch = try JobBatch(uris: Examples.uris(5000))
        let (sending, signal) = AsyncStream<Void>.makeStream()
        let submit = Task {
            try await submitter.submit(batch, options: SubmitOptions(backlogLimit: 1000)) { progress in
                if case .waiting = progress { signal.finish() }
            }
        }
        for await _ in sending {}
        submit.cancel()
        let stopped = try await submit.value
        #expect(!stopped.isComplete && stopped.sentCount == 1000)
        #expect(try await finder(batch).unfinishedRecord != nil)
        let rest = try await submitter.submit(batch, options: SubmitOptions(resumes: true))
        #expect(rest == summary(batch, waiting: 1000, sent: 4000))
        #expect(try await Set(jobs().map(\.job.id)).count == 5000)
    }

    /// The interruption comes when everything is there but the batch's record.
    @Test func cancelledAtTheVeryEnd() async throws {
        let batch = try JobBatch(uris: Examples.uris(10))
        let canceller = Canceller()
        let submit = Task {
            try await submitter.submit(batch) { progress in
                if case .sending(sent: 10, _) = progress { canceller.cancel() }
            }
        }
        canceller.set(submit)
        #expect(try await submit.value.isComplete)
        #expect(try await finder(batch).unfinishedRecord == nil)
    }

    @Test func partitionCountsThatDiffer() async throws {
        let topics = try TopicNames(prefix: "u.")
        let broker = try EmbeddedBroker(topics: [
            (topics.jobs, 2), (topics.results, 3), (topics.batches, 1), (topics.bulkJobs, 3),
        ])
        let kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        let submitter = Submitter(kafka: kafka, topics: topics, group: "g", format: .json, logger: fleet.logger)
        let batch = try JobBatch(uris: Examples.uris(1))
        let error = await #expect(throws: CoordinatorError.self) { try await submitter.submit(batch) }
        #expect(error?.code == .partitionCountsDiffer && error?.message.contains("u.results has 3") == true)
        #expect(try await submitter.submit(batch, options: SubmitOptions(lane: .bulk)).isComplete)
    }

    @Test func faultyBatchIsNotSent() async throws {
        for (uris, code) in [(["x.wav"] + Examples.uris(1), CoordinatorError.Code.invalidBatch), ([], .emptyBatch)] {
            let batch = try JobBatch(uris: uris)
            let error = await #expect(throws: CoordinatorError.self) { try await submitter.submit(batch) }
            #expect(error?.code == code)
        }
        #expect(try await jobs().isEmpty)
    }

    private func summary(
        _ batch: JobBatch, answered: Int = 0, failed: Int = 0, waiting: Int = 0, sent: Int = 0
    ) -> SubmitSummary {
        SubmitSummary(
            batchID: batch.id, run: 0, jobCount: batch.jobCount, answeredCount: answered, failedCount: failed,
            waitingCount: waiting, sentCount: sent, isComplete: true)
    }

    /// A batch's jobs with its id in them.
    private func sent(_ batch: JobBatch) throws -> [TranslationJob] {
        try batch.jobs.map { job in
            var job = job
            job.batchID = batch.id
            return job
        }
    }

    private func finder(_ batch: JobBatch) async throws -> BatchFinder {
        let reader = try KafkaReader(configuration: fleet.kafka, logger: fleet.logger)
        var finder = BatchFinder(batchID: batch.id, topics: fleet.topics, reader: reader)
        try await finder.update()
        await reader.close()
        return finder
    }

    /// What lies in a lane.
    private func jobs(_ topic: String? = nil) async throws -> [(job: TranslationJob, partition: Int32)] {
        let reader = try KafkaReader(configuration: fleet.kafka, logger: fleet.logger)
        let starts = Dictionary(uniqueKeysWithValues: (0..<Int32(TestFleet.partitions)).map { ($0, Int64(0)) })
        var jobs: [(job: TranslationJob, partition: Int32)] = []
        for try await record in try await reader.read(
            topic: topic ?? fleet.topics.jobs, from: starts, until: .currentEnd)
        {
            let headers = record.headers.map(MessageHeader.init)
            let job: TranslationJob = try MessageCodec.decode(from: record.value, headers: headers)
            jobs.append((job, record.partition))
        }
        await reader.close()
        return jobs
    }
}

/// Cancels a task that is not known yet.
private final class Canceller: Sendable {
    private let state = Mutex<(task: Task<SubmitSummary, any Error>?, isWanted: Bool)>((nil, false))

    func set(_ task: Task<SubmitSummary, any Error>) {
        let isWanted = state.withLock { state in
            state.task = task
            return state.isWanted
        }
        if isWanted { task.cancel() }
    }

    func cancel() {
        state.withLock { state in
            state.isWanted = true
            return state.task
        }?.cancel()
    }
}
