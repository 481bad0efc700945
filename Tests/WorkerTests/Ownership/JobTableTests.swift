import Jobs
import Kafka
import Ledger
import Testing

@testable import Worker

/// What a worker does with records as partitions come and go.
@Suite(.timeLimit(.minutes(5))) struct JobTableTests {
    private let table = JobTable(session: 1, retryTopics: ["retries.1m"])
    private let partition = KafkaPartition(topic: "jobs", partition: 0)

    private func record(_ offset: Int64, epoch: Int = 1, topic: String = "jobs", timestamp: Int64 = 5)
        -> KafkaGroupRecord
    {
        KafkaGroupRecord(
            record: KafkaRecord(topic: topic, partition: 0, offset: offset, timestampMilliseconds: timestamp),
            epoch: epoch)
    }

    private func id(_ offset: Int64) -> RecordID { RecordID(record(offset).record) }

    private func run(_ offset: Int64, in batch: String = "b") -> BatchRun {
        BatchRun(JobRun(jobID: "j\(offset)", run: 0), batchID: batch)
    }

    private func take(_ offset: Int64, epoch: Int = 1, in table: JobTable? = nil) -> TakeDecision {
        (table ?? self.table).take(record(offset, epoch: epoch), run: run(offset))
    }

    /// A result of a job of this partition, with the same offset.
    private func note(_ offset: Int64, of job: Int64) throws -> ResultNote {
        ResultNote(
            KafkaRecord(
                topic: "results", partition: 0, offset: offset, value: [1],
                headers: [
                    MessageHeader(.eventID, "\(run(job).run)"), MessageHeader(.batch, "b"),
                    MessageHeader(.origin, "jobs/0/\(job)"),
                ].map(KafkaHeader.init)))
    }

    /// Assigns the partition with what another worker has committed.
    @discardableResult
    private func assign(
        epoch: Int = 1, _ committed: KafkaOffset? = nil, to table: JobTable? = nil, isOrderly: Bool = false
    ) -> JobTable {
        let table = table ?? self.table
        table.assigned([partition], epoch: epoch)
        table.install(partition, epoch: epoch, FoundLedger(committed) { _ in isOrderly })
        return table
    }

    private func commit(_ table: JobTable? = nil) -> LedgerRecord? {
        let changes = (table ?? self.table).changes()
        (table ?? self.table).committed(changes)
        return changes.first?.record
    }

    @Test func nothingIsTakenBeforeTheLedgerIsRead() {
        table.assigned([partition], epoch: 1)
        #expect(take(0) == .hold)
        table.install(partition, epoch: 1, FoundLedger(nil) { _ in false })
        #expect(take(0) == .run(crashes: 0))
        #expect(take(1, epoch: 0) == .skip)
    }

    @Test func aStartIsOnlyGoodWhenCommitted() async throws {
        assign()
        #expect(take(0) == .run(crashes: 0))
        let start = try #require(table.start(id(0), epoch: 1, stop: JobStop()))
        let waiting = Task { [table, partition] in
            try await table.waitForCommit(of: start, partition)
            return table.changes().isEmpty
        }
        let record = try #require(commit())
        #expect(record.base == 0 && record.marks.map(\.isStarted) == [true])
        #expect(try await waiting.value)
    }

    @Test func aStartIsWithdrawnWhenThePartitionGoes() async throws {
        assign()
        _ = take(0)
        let start = try #require(table.start(id(0), epoch: 1, stop: JobStop()))
        let waiting = Task { [table, partition] in try await table.waitForCommit(of: start, partition) }
        await Task.yield()
        _ = table.gone([partition], uncommitted: [])
        await #expect(throws: JobWithdrawn.self) { try await waiting.value }
        #expect(table.startAgain(id(0)) == nil)
        assign(epoch: 2)
        #expect(take(0, epoch: 2) == .run(crashes: 0))
    }

    @Test func aJobThatRunsIsNotRunAgainWhenItsRecordComesBack() throws {
        assign()
        _ = take(0)
        _ = table.start(id(0), epoch: 1, stop: JobStop())
        _ = table.gone([partition], uncommitted: [])
        assign(epoch: 2)
        #expect(take(0, epoch: 2) == .skip)
        #expect(try #require(commit()).marks.map(\.isStarted) == [true])
        table.finish(id(0), run: run(0))
        #expect(try #require(commit()).base == 1)
        // Another log with the same offset is another record.
        #expect(table.take(record(1, epoch: 2, timestamp: 9), run: run(7)) == .run(crashes: 0))
    }

    @Test func whatWasStartedByAnotherWorkerIsSuspect() throws {
        assign()
        _ = take(0)
        _ = take(1)
        _ = table.start(id(0), epoch: 1, stop: JobStop())
        let left = try #require(commit())
        let committed = KafkaOffset(topic: "jobs", partition: 0, offset: left.base, metadata: left.metadata)
        let crashed = assign(committed, to: JobTable(session: 2, retryTopics: []))
        #expect(take(0, in: crashed) == .run(crashes: 1) && take(1, in: crashed) == .run(crashes: 0))
        let released = assign(committed, to: JobTable(session: 2, retryTopics: []), isOrderly: true)
        #expect(take(0, in: released) == .run(crashes: 0))
    }

    @Test func givingUpInOrderIsToldWhereTheCommitFails() throws {
        assign()
        _ = take(0)
        _ = table.start(id(0), epoch: 1, stop: JobStop())
        _ = commit()
        let last = table.revoking([partition])
        #expect(try #require(LedgerRecord(metadata: last[0].metadata, base: 0)).marks.isEmpty)
        let (release, unfollowed) = table.gone([partition], uncommitted: [partition])
        #expect(try #require(release).partitions.map(\.topic) == ["jobs"] && unfollowed == [0])
        assign(epoch: 2)
        #expect(table.gone([partition], uncommitted: [partition]).release == nil)
    }

    @Test func aResultOfAnotherWorkerSettlesTheJob() throws {
        assign()
        let stop = JobStop()
        _ = take(0)
        _ = take(1)
        _ = table.start(id(0), epoch: 1, stop: stop)
        let stops = table.note([try note(40, of: 0), try note(41, of: 1), try note(42, of: 2)])
        #expect(stops.count == 1 && stops.first === stop)
        #expect(take(2) == .skip)
        let record = try #require(commit())
        #expect(record.base == 3 && record.resultsEnd == 43)
    }

    /// The next owner must not begin to read behind a result whose job it has still to come to.
    @Test func resultsOfJobsThatHaveNotComeArePassedOnToTheNextOwner() throws {
        assign()
        _ = take(0)
        _ = table.note([try note(40, of: 0), try note(41, of: 5), try note(42, of: 3)])
        #expect(try #require(commit()).resultsEnd == 41)
        #expect(take(3) == .skip)
        #expect(try #require(commit()).resultsEnd == 41)
        #expect(take(5) == .skip)
        _ = table.note([try note(43, of: 0)])
        _ = take(6)
        #expect(try #require(commit()).resultsEnd == 44)
    }

    @Test func retriesRememberResultsWhileTheyWait() throws {
        let retries = KafkaPartition(topic: "retries.1m", partition: 0)
        table.assigned([retries], epoch: 1)
        table.install(retries, epoch: 1, FoundLedger(nil) { _ in false })
        _ = table.note([try note(9, of: 100)])
        #expect(table.take(record(0, topic: "retries.1m"), run: run(0)) == .run(crashes: 0))
        _ = table.note([try note(10, of: 101)])
        #expect(try #require(commit()).resultsEnd == 10)
    }

    @Test func aLogThatWasLostBeginsAnew() throws {
        assign(KafkaOffset(topic: "jobs", partition: 0, offset: 50))
        #expect(take(50) == .run(crashes: 0))
        _ = commit()
        #expect(take(0) == .run(crashes: 0))
        let changes = table.changes()
        #expect(changes.map(\.record.base) == [0] && changes.map(\.mayGoDown) == [true])
        // The old job's end says nothing of the new log.
        table.finish(id(50), run: nil)
        #expect(table.changes().map(\.record.base) == [0])
    }

    @Test func metadataThatIsNotOursSaysNothing() {
        assign(KafkaOffset(topic: "jobs", partition: 0, offset: 7, metadata: "{\"other\": true}"))
        #expect(take(7) == .run(crashes: 0))
    }

    /// The offsets of the new log are those of the old one: they tell nothing.
    @Test func aNewLogWithTheOffsetsOfTheOldOneIsNoticed() throws {
        assign()
        for offset: Int64 in 0..<3 { #expect(take(offset) == .run(crashes: 0)) }
        table.finish(id(1), run: run(1))
        #expect(table.take(record(0), run: run(0)) == .skip)
        for offset: Int64 in 0..<3 {
            let other = record(offset, timestamp: 99)
            #expect(table.take(other, run: BatchRun(JobRun(jobID: "new\(offset)", run: 0))) == .run(crashes: 0))
        }
        table.finish(id(0), run: run(0))
        #expect(try #require(commit()).base == 0)
    }

    @Test func goingDownIsAllowedUntilItIsDone() throws {
        assign(KafkaOffset(topic: "jobs", partition: 0, offset: 50))
        _ = take(50)
        let underWay = table.changes()
        _ = take(0)
        table.committed(underWay)
        #expect(table.changes().map(\.mayGoDown) == [true])
        _ = commit()
        _ = take(1)
        #expect(table.changes().map(\.mayGoDown) == [false])
    }

    /// A commit without an answer may have been heard.
    @Test func aStartThatMayBeCommittedIsReleased() throws {
        assign()
        _ = take(0)
        _ = table.start(id(0), epoch: 1, stop: JobStop())
        _ = table.changes()
        _ = table.revoking([partition])
        let (release, _) = table.gone([partition], uncommitted: [partition])
        #expect(try #require(release).sequence >= 1)
    }

    @Test func aJobThatWasAnsweredWhileItWaitedIsSettled() throws {
        assign()
        _ = take(0)
        #expect(!table.isSettled(id(0), run: run(0)))
        _ = table.note([try note(40, of: 0)])
        #expect(table.isSettled(id(0), run: run(0)))
    }

    /// Ids are derived from what is asked for: another batch may ask for the same.
    @Test func theSameJobInAnotherBatchIsRun() throws {
        assign()
        _ = take(0)
        _ = table.note([try note(40, of: 0)])
        #expect(table.take(record(1), run: run(0)) == .skip)
        #expect(table.take(record(2), run: run(0, in: "c")) == .run(crashes: 0))
    }
}
