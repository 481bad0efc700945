import Coordinator
import Jobs
import Kafka
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5))) struct GathererTests {
    private let fleet: TestFleet
    private let gatherer: Gatherer

    init() throws {
        fleet = try TestFleet()
        gatherer = Gatherer(kafka: fleet.kafka, topics: fleet.topics, logger: fleet.logger)
    }

    private func texts(_ batch: GatheredBatch) throws -> [String] {
        try batch.results.map { try $0.decoded().text }
    }

    @Test func theSameForWhoeverComesLater() async throws {
        let jobs = Examples.jobs(40, batchID: "b")
        try await fleet.write([Examples.result(jobs[7], text: "before")], format: .json)
        try await fleet.write(fleet.send(jobs))
        async let early = gatherer.gather(batchID: "b", timeout: .seconds(120))
        try await Task.sleep(for: .milliseconds(300))
        try await fleet.write(jobs.reversed().map { Examples.result($0, text: $0.id) })
        try await fleet.write(jobs.map { Examples.result($0, text: "once more") })
        let first = try await early
        let second = try await gatherer.gather(batchID: "b", timeout: .seconds(120))
        #expect(first.ending == .complete && second.ending == .complete)
        #expect(try texts(first) == texts(second) && first.results.map(\.jobID) == jobs.map(\.id))
        #expect(try texts(second)[7] == "before" && texts(second)[8] == jobs[8].id)
    }

    @Test func anotherRunIsWaitedFor() async throws {
        let jobs = Examples.jobs(5, batchID: "b")
        try await fleet.write(fleet.send(jobs))
        try await fleet.write(jobs.map { Examples.result($0, text: "run 0") })
        #expect(try await gatherer.gather(batchID: "b", timeout: .seconds(120)).ending == .complete)

        let again = Examples.jobs(5, batchID: "b", run: 1)
        try await fleet.write(fleet.send(again))
        try await fleet.write([Examples.result(again[0], text: "run 1")])
        let partial = try await gatherer.gather(batchID: "b", timeout: .seconds(6))
        #expect(partial.ending == .timedOut && partial.progress.done == 1)
        #expect(try texts(partial) == ["run 1", "run 0", "run 0", "run 0", "run 0"])
        try await fleet.write(again.dropFirst().map { Examples.result($0, text: "run 1") })
        let complete = try await gatherer.gather(batchID: "b", timeout: .seconds(120))
        #expect(try complete.ending == .complete && texts(complete).allSatisfy { $0 == "run 1" })
    }

    @Test func whatOthersPutAmongTheResultsDoesNotStopIt() async throws {
        let jobs = Examples.jobs(3, batchID: "b")
        try await fleet.write(fleet.send(jobs))
        let topic = fleet.topics.results
        try await fleet.write(
            (0..<Int32(TestFleet.partitions)).map {
                KafkaProducerRecord(topic: topic, partition: $0, key: nil, value: Array("b {".utf8))
            })
        try await fleet.write(jobs.map { Examples.result($0) })
        let batch = try await gatherer.gather(batchID: "b", timeout: .seconds(120))
        #expect(batch.ending == .complete && batch.results.count == 3)
        // Partitions without jobs of the batch are not looked at.
        #expect((1...TestFleet.partitions).contains(batch.unreadable.count) && batch.unreadable.first != nil)
    }

    /// The workers are past a job that has no result: nothing can come of it.
    @Test func jobsInNoQueueAreNotWaitedFor() async throws {
        let jobs = Examples.jobs(10, batchID: "b")
        let record = try await fleet.send(jobs)
        try await fleet.write(record)
        try await fleet.write(jobs.prefix(4).map { Examples.result($0) })
        // One of them is to be tried again, and counts as waiting.
        try await fleet.write([
            try fleet.record(jobs[4], key: jobs[4].id, topic: fleet.topics.retries(.tenMinutes))
        ])
        let ends = record.partitions.reduce(into: [:]) { $0[$1.partition] = $1.jobsEnd }
        try await fleet.commit(group: "g", ends)
        let gatherer = Gatherer(kafka: fleet.kafka, topics: fleet.topics, group: "g", logger: fleet.logger)
        let batch = try await gatherer.gather(batchID: "b", timeout: .seconds(120))
        #expect(batch.ending == .jobsMissing(5) && batch.results.count == 4 && batch.losses.isEmpty)
        // When the time is up before the second look nobody is told to give up.
        #expect(try await gatherer.gather(batchID: "b", timeout: .milliseconds(1_500)).ending == .timedOut)
        // For another group they all wait.
        let other = Gatherer(kafka: fleet.kafka, topics: fleet.topics, group: "other", logger: fleet.logger)
        #expect(try await other.gather(batchID: "b", timeout: .seconds(5)).ending == .timedOut)
    }

    /// The brokers came back with less than they had when the batch was submitted.
    @Test func recordsThatWereLost() async throws {
        let jobs = Examples.jobs(4, batchID: "b")
        var record = try await fleet.send(jobs)
        for index in record.partitions.indices {
            record.partitions[index].jobsEnd += 100
            record.partitions[index].resultsStart = 50
        }
        try await fleet.write(record)
        // What workers do again lies before the place where results were to begin.
        try await fleet.write(jobs.prefix(3).map { Examples.result($0) })
        let reports = Mutex<[GatherProgress]>([])
        async let gathered = gatherer.gather(batchID: "b", timeout: .seconds(120)) { progress in
            reports.withLock { $0.append(progress) }
        }
        while !reports.withLock({ $0.contains { !$0.losses.isEmpty } }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        let losses = try #require(reports.withLock { $0.last?.losses })
        let partition = try #require(record.partitions.first)
        #expect(losses.count == record.partitions.count * 2 && losses.allSatisfy { !$0.isExpiry })
        #expect(
            losses.first?.description
                == "t.jobs[\(partition.partition)] ends at offset \(partition.jobsEnd - 100), but the batch's jobs were "
                + "written up to offset \(partition.jobsEnd): the brokers have lost records")
        try await fleet.write([Examples.result(jobs[3])])
        let batch = try await gathered
        #expect(batch.ending == .complete && batch.results.count == 4 && batch.losses.isEmpty)
    }

    @Test func submitThatHasNotEnded() async throws {
        var open = BatchRecord()
        open.batchID = "b"
        open.state = .open
        try await fleet.write(open)
        let phases = Mutex<Set<GatherProgress.Phase>>([])
        let batch = try await gatherer.gather(batchID: "b", timeout: .seconds(6)) { progress in
            phases.withLock { _ = $0.insert(progress.phase) }
        }
        #expect(batch.ending == .timedOut && batch.jobCount == nil && batch.progress.phase == .waitingForSubmit)
        #expect(phases.withLock { $0 } == [.waitingForSubmit])
    }

    @Test func progressSaysWhatIsKnown() async throws {
        let jobs = Examples.jobs(4, batchID: "b")
        var record = try await fleet.send(jobs)
        record.audioSeconds = 40
        try await fleet.write(record)
        try await fleet.write(jobs.prefix(1).map { Examples.result($0) })
        let reports = Mutex<[GatherProgress]>([])
        async let gathered = gatherer.gather(batchID: "b", timeout: .seconds(120)) { progress in
            reports.withLock { $0.append(progress) }
        }
        while !reports.withLock({ $0.contains { $0.phase == .waitingForResults } }) {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await fleet.write(jobs.dropFirst().map { Examples.result($0, status: .failed) })
        let batch = try await gathered
        let first = try #require(reports.withLock { $0.first { $0.phase == .waitingForResults } })
        #expect(first.done == 1 && first.failed == 0 && first.audioSeconds == 2 && first.totalHintSeconds == 40)
        #expect(reports.withLock { $0.last } == batch.progress)
        #expect(batch.progress.done == 4 && batch.progress.failed == 3 && batch.failures.count == 3)
    }
}
