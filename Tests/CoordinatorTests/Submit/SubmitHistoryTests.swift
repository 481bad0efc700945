import Jobs
import Platform
import Testing

@testable import Coordinator

@Suite struct SubmitHistoryTests {
    private func record(
        run: UInt32 = 0, topic: String = "jobs", state: BatchRecord.State = .unspecified,
        _ ranges: [PartitionRange] = []
    ) -> BatchRecord {
        var record = BatchRecord()
        record.run = run
        record.jobsDigest = "digest"
        record.jobsTopic = topic
        record.state = state
        record.partitions = ranges
        return record
    }

    private func history(_ records: [BatchRecord], open: [BatchRecord] = [], isBroken: Bool = false) -> SubmitHistory {
        SubmitHistory(
            batchID: "b", records: records, openRecords: open, unfinishedRecord: isBroken ? open.last : nil)
    }

    @Test func firstSubmit() throws {
        let history = history([])
        #expect(try history.run(of: "digest", SubmitOptions()) == (0, false))
        #expect(try history.run(of: "digest", SubmitOptions(run: 3, resumes: true)) == (3, false))
        #expect(!history.isFinished)
    }

    @Test func laterSubmits() throws {
        let history = history([record(), record(run: 2)])
        #expect(try history.run(of: "digest", SubmitOptions()) == (2, true))
        #expect(try history.run(of: "digest", SubmitOptions(run: 2)) == (2, true))
        #expect(try history.run(of: "digest", SubmitOptions(run: 3)) == (3, false))
        #expect(history.isFinished)
        let over = #expect(throws: CoordinatorError.self) { try history.run(of: "digest", SubmitOptions(run: 1)) }
        #expect(over?.code == .runIsOver)
        let taken = #expect(throws: CoordinatorError.self) { try history.run(of: "other", SubmitOptions()) }
        #expect(taken?.code == .batchNameTaken)
    }

    @Test func submitThatBroke() throws {
        let history = history([record()], open: [record(run: 1, state: .open)], isBroken: true)
        let broken = #expect(throws: CoordinatorError.self) { try history.run(of: "digest", SubmitOptions()) }
        #expect(broken?.code == .unfinishedSubmit && broken?.message.contains("--resume") == true)
        #expect(try history.run(of: "digest", SubmitOptions(resumes: true)) == (1, true))
        #expect(try history.run(of: "digest", SubmitOptions(run: 2)) == (2, false))
        #expect(!history.isFinished)
    }

    @Test func rangesCoverWhatCameBefore() {
        let complete = record([PartitionRange(0, jobs: 10, 20, results: 5), PartitionRange(1, jobs: 3, 4, results: 1)])
        let broken = record(
            state: .open, [PartitionRange(1, jobs: 8, 8, results: 6), PartitionRange(2, jobs: 7, 7, results: 2)])
        let elsewhere = record(topic: "bulk", [PartitionRange(3, jobs: 1000, 2000, results: 4)])
        let history = history([complete, elsewhere], open: [broken])
        let ranges = history.ranges(
            sent: [0: 30...39, 4: 0...0], to: "jobs", jobsEnds: [0: 30, 1: 50, 2: 7, 3: 9, 4: 0],
            resultsEnds: [0: 25, 4: 1])
        #expect(
            ranges == [
                PartitionRange(0, jobs: 10, 40, results: 5), PartitionRange(1, jobs: 3, 50, results: 1),
                PartitionRange(2, jobs: 7, 7, results: 2), PartitionRange(3, jobs: 9, 9, results: 4),
                PartitionRange(4, jobs: 0, 1, results: 1),
            ])
    }

    @Test func handledJobsAreThoseOfTheRunOrALaterOne() throws {
        let jobs = Examples.jobs(4, batchID: "b", run: 1)
        var handled = HandledJobs(batchID: "b", run: 1)
        for job in jobs.prefix(3) { handled.add(waiting: job) }
        handled.add(Examples.result(jobs[0], status: .failed))
        handled.add(waiting: jobs[0])
        var early = Examples.result(jobs[1])
        early.run = 0
        handled.add(early)
        var others = Examples.result(jobs[3])
        others.batchID = "c"
        handled.add(others)
        #expect(jobs.map { handled.contains(JobKey($0.id)) } == [true, true, true, false])
        var spool = try JobSpool.Writer()
        for job in jobs { try spool.append(job) }
        let counts = try handled.counts(of: spool.finish(), cancellation: CancellationFlag())
        #expect(counts == (answered: 1, failed: 1, waiting: 2))
    }

    @Test func gateKeepsTheBacklogBelowItsLimit() async throws {
        var backlog: Int64 = 0
        var gate = BacklogGate(limit: 100) { [backlog] in backlog }
        #expect(!gate.isOpen)
        #expect(try await gate.look() == 0)
        #expect(gate.take(60) == 60)
        #expect(gate.take(60) == 40 && !gate.isOpen && gate.take(1) == 0)
        gate.giveBack(3)
        #expect(gate.isOpen && gate.take(10) == 3)
        backlog = 250
        var full = BacklogGate(limit: 100) { [backlog] in backlog }
        #expect(try await full.look() == 250)
        #expect(!full.isOpen && full.take(5) == 0)
    }
}
