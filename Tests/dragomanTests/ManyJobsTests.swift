import Foundation
import TestSupport
import Testing

/// Many jobs, several workers, and what becomes of them when one dies.
@Suite(.timeLimit(.minutes(9)), .serialized) struct ManyJobsTests {
    private static let count = 200

    /// Three workers share 200 jobs, on each broker: one result for each, in the order of the folder.
    @Test(arguments: BrokerKind.allCases) func threeWorkers(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let folder = try DemoModel.copies(Self.count)
        let workers = try (1...3).map { try fleet.startWorker("w\($0)", roots: [folder.path]) }
        let batch = try await submit(folder, to: fleet)
        try await checkResults(of: batch, folder, fleet)

        for worker in workers {
            #expect(!worker.finished.isEmpty, "a worker had nothing to do")
            worker.tool.send(SIGTERM)
            #expect(try await worker.tool.outcome().status == 0)
        }
        let finished = workers.flatMap(\.finished)
        #expect(finished.count == Self.count && Set(finished).count == Self.count)
        let lag = try await fleet.run(["lag", "--json"])
        #expect(try ReportedLag.partitions(lag.output, topic: fleet.prefix + "jobs").allSatisfy { $0.lag == 0 })
    }

    /// One of three workers is killed with a job in hand: the others do what it leaves.
    @Test func killedWorker() async throws {
        let fleet = try await TestFleet(.embedded)
        let folder = try DemoModel.copies(Self.count)
        let workers = try (1...3).map { try fleet.startWorker("w\($0)", roots: [folder.path]) }
        let batch = try await submit(folder, to: fleet)

        let (victim, inHand) = try await waitFor(60) { () -> (WorkerProcess, Set<String>)? in
            for worker in workers where !worker.finished.isEmpty {
                // While it is stopped, its log is all that it has done.
                worker.tool.send(SIGSTOP)
                let running = worker.running
                guard running.isEmpty else { return (worker, running) }
                worker.tool.send(SIGCONT)
            }
            return nil
        }
        victim.tool.send(SIGKILL)
        #expect(try await victim.tool.outcome().status == SIGKILL)
        #expect(!inHand.isEmpty && victim.finished.count < Self.count)

        try await checkResults(of: batch, folder, fleet)
        let survivors = workers.filter { $0.tool !== victim.tool }
        #expect(inHand.isSubset(of: survivors.flatMap(\.finished)))
        for worker in survivors {
            worker.tool.send(SIGTERM)
            #expect(try await worker.tool.outcome().status == 0)
        }
    }

    private func submit(_ folder: TemporaryDirectory, to fleet: TestFleet) async throws -> String {
        let submitted = try await fleet.run(["submit", folder.path])
        #expect(submitted.status == 0, "\(submitted.messages)")
        return submitted.output.trimmingCharacters(in: .newlines)
    }

    private func checkResults(of batch: String, _ folder: TemporaryDirectory, _ fleet: TestFleet) async throws {
        let gathered = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(gathered.status == 0, "\(gathered.messages)")
        let lines = try ParsedLine.parse(gathered.lines)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map(folder.file)
        #expect(lines.map(\.file) == files)
        let texts = try DemoModel.samples().map(\.beamText)
        #expect(lines.map(\.text) == (0..<Self.count).map { texts[$0 % texts.count] })
        #expect(Set(lines.map(\.jobID)).count == Self.count)

        let again = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(again.output == gathered.output)
    }
}
