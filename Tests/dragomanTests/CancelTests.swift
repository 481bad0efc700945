import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

/// `cancel` as a process, with results that the test writes in the workers' place.
@Suite(.timeLimit(.minutes(6))) struct CancelTests {
    @Test(arguments: BrokerKind.allCases) func batch(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let records = try FleetRecords(fleet)
        let folder = try DemoModel.copies(20)
        let submitted = try await fleet.run(["submit", folder.path, "--deadline", "2h"])
        let batch = submitted.output.filter { !$0.isNewline }
        let jobs = try await records.read(records.topics.jobs)
        #expect(jobs.count == 20)
        let deadline = try #require(try records.job(jobs[0]).deadlineDate)
        #expect((7000...7300).contains(deadline.timeIntervalSinceNow))
        try await records.answer(Array(jobs.prefix(3)), status: .ok)

        let early = try await fleet.run(["cancel", batch, "--reason", "wrong folder", "--wait", "5"])
        #expect(early.status == 4 && early.messages.contains("timed out: 3 of 20 ended: 3 OK"), "\(early.messages)")
        #expect(early.lines.first == "called off batch \(batch), run 0, 20 jobs")
        let controls = try await records.read(records.topics.controls)
        let cancellation: Cancellation = try MessageCodec.decode(
            from: controls.first?.value,
            headers: (controls.first?.headers ?? []).map { .init(name: $0.key, value: $0.value) })
        #expect(controls.count == 1 && cancellation.batchID == batch && cancellation.reason == "wrong folder")
        #expect(cancellation.requestedBy.contains("@"))

        try await records.answer(Array(jobs.dropFirst(3)), status: .cancelled)
        let late = try await fleet.run(["cancel", batch, "--wait", "--json", "--no-progress"])
        #expect(
            late.status == 0 && late.output.contains(#""done":20,"statuses":{"OK":3,"CANCELLED":17}}"#),
            "\(late.messages)")
        let gathered = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(gathered.status == 1 && gathered.messages.contains("17 of 20 jobs failed: 17 CANCELLED\n"))
    }

    @Test(arguments: BrokerKind.allCases)
    func workersHeedIt(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let folder = try DemoModel.copies(12)
        let submitted = try await fleet.run(["submit", folder.path])
        let batch = submitted.output.filter { !$0.isNewline }
        #expect(try await fleet.run(["cancel", batch]).status == 0)
        let worker = try fleet.startWorker("w", roots: [folder.path])
        let ended = try await fleet.run(["cancel", batch, "--wait", "280", "--json"])
        #expect(ended.status == 0 && ended.output.contains(#""statuses":{"CANCELLED":12}"#), "\(ended.output)")

        #expect(try await fleet.run(["submit", folder.path, "--run", "1"]).status == 0)
        let gathered = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(gathered.status == 0 && gathered.lines.count == 12, "\(gathered.messages)")
        #expect(worker.started.count == 12)
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    @Test func whatIsNotThere() async throws {
        let fleet = try await TestFleet(.embedded)
        let unknown = try await fleet.run(["cancel", "nobody"])
        #expect(unknown.status == 1 && unknown.messages.contains("there is no batch nobody"), "\(unknown.messages)")
        let job = try await fleet.run(["cancel", "nobody", "--job", "--run", "3"])
        #expect(job.status == 0 && job.output == "called off job nobody, runs up to 3\n", "\(job.messages)")
    }
}
