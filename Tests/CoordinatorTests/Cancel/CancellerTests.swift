import Jobs
import Kafka
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct CancellerTests {
    private let fleet: TestFleet
    private let canceller: Canceller
    private let watcher: CancelWatcher

    init() throws {
        fleet = try TestFleet()
        canceller = Canceller(kafka: fleet.kafka, topics: fleet.topics, group: "g", logger: fleet.logger)
        watcher = CancelWatcher(kafka: fleet.kafka, topics: fleet.topics, group: "g", logger: fleet.logger)
    }

    @Test func batchUpToItsHighestRun() async throws {
        for run in [0, 2] as [UInt32] {
            try await fleet.write(fleet.send(Examples.jobs(3, batchID: "b", run: run)))
        }
        let outcome = try await cancel("b")
        #expect(outcome.jobCount == 3 && !outcome.isBeingSubmitted)
        let record = try #require(try await fleet.records(fleet.topics.controls).first)
        let headers = record.headers.map(MessageHeader.init)
        let cancellation: Cancellation = try MessageCodec.decode(from: record.value, headers: headers)
        #expect(cancellation == outcome.cancellation && cancellation.batchID == "b" && cancellation.maxRun == 2)
        #expect(cancellation.reason == "why" && cancellation.requestedBy == "me@here" && cancellation.hasRequestTime)
        #expect(record.key == Array("b".utf8) && headers.text(.contentType) == "application/protobuf")
        #expect(try await cancel("b", run: 0).cancellation.maxRun == 0)
    }

    @Test func batchThatIsBeingSubmitted() async throws {
        var open = BatchRecord()
        open.batchID = "b"
        open.run = 1
        open.state = .open
        try await fleet.write(open)
        let outcome = try await cancel("b")
        #expect(outcome.isBeingSubmitted && outcome.jobCount == nil && outcome.cancellation.maxRun == 1)
    }

    @Test func jobs() async throws {
        let jobs = Examples.jobs(2, batchID: "b", run: 1)
        _ = try await fleet.send(jobs)
        let waiting = try await cancel(jobs[0].id)
        #expect(waiting.cancellation.jobID == jobs[0].id && waiting.cancellation.maxRun == 1)
        var result = Examples.result(jobs[1])
        result.run = 3
        try await fleet.write([result])
        #expect(try await cancel(jobs[1].id).cancellation.maxRun == 3)
        // Of a job that is tried again later the run is found too.
        var delayed = jobs[0]
        delayed.id = "delayed"
        delayed.run = 7
        try await fleet.write([try fleet.record(delayed, key: "delayed", topic: fleet.topics.retries(.oneHour))])
        #expect(try await cancel("delayed").cancellation.maxRun == 7)

        let unknown = await #expect(throws: CoordinatorError.self) { try await cancel("nobody") }
        #expect(unknown?.code == .unknownID && unknown?.message.contains("--job") == true)
        #expect(try await cancel("nobody", isJob: true).cancellation.maxRun == 0)
        #expect(try await fleet.records(fleet.topics.controls).count == 4)
    }

    @Test func whatCannotBeSaidIsNotSent() async throws {
        try await fleet.write(fleet.send(Examples.jobs(1, batchID: "b")))
        let request = CancelRequest(id: "b", reason: "line\nbreak", requestedBy: "me")
        let error = await #expect(throws: JobsError.self) { try await canceller.cancel(request) }
        #expect(error?.message.hasPrefix("reason: ") == true)
        #expect(try await fleet.records(fleet.topics.controls).isEmpty)
    }

    @Test func waitsForEveryJob() async throws {
        let jobs = Examples.jobs(10, batchID: "b")
        try await fleet.write(fleet.send(jobs))
        try await fleet.write(jobs.prefix(2).map { Examples.result($0) })
        let outcome = try await cancel("b")
        let early = try await watcher.wait(for: outcome, timeout: .seconds(10))
        #expect(early.ending == .timedOut && early.total == 10 && early.statuses == [.ok: 2])
        async let ended = watcher.wait(for: outcome, timeout: .seconds(120))
        try await fleet.write(jobs.dropFirst(2).map { Examples.result($0, status: .cancelled) })
        #expect(try await ended == .init(ending: .complete, total: 10, statuses: [.ok: 2, .cancelled: 8]))

        let job = try await cancel(jobs[5].id)
        #expect(try await watcher.wait(for: job, timeout: .seconds(120)).statuses == [.cancelled: 1])
        let later = try await cancel(jobs[5].id, run: 1)
        #expect(try await watcher.wait(for: later, timeout: .seconds(1)).ending == .timedOut)
    }

    private func cancel(_ id: String, isJob: Bool = false, run: UInt32? = nil) async throws -> CancelOutcome {
        try await canceller.cancel(
            CancelRequest(id: id, isJob: isJob, run: run, reason: "why", requestedBy: "me@here"))
    }
}
