import Foundation
import TestSupport
import Testing

/// What happens when a batch is submitted again.
@Suite(.timeLimit(.minutes(6))) struct ResubmitTests {
    private struct Summary: Decodable {
        let batchID: String
        let jobs: Int
        let sent: Int

        enum CodingKeys: String, CodingKey {
            case batchID = "batch_id"
            case jobs, sent
        }
    }

    private struct ResultLine: Decodable {
        let file: String
        let run: Int
    }

    @Test(arguments: BrokerKind.allCases) func whatHasAResultIsNotSentAgain(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let folder = try DemoModel.copies(12)
        let first = try await submit(folder, fleet)
        #expect(first.jobs == 12 && first.sent == 12)

        // All of them wait in the topic: nothing need be sent.
        #expect(try await submit(folder, fleet).sent == 0)

        let worker = try fleet.startWorker("w", roots: [folder.path])
        let gathered = try await fleet.run(["gather", first.batchID, "--timeout", "280"])
        #expect(gathered.status == 0, "\(gathered.messages)")

        let again = try await fleet.run(["submit", folder.path])
        #expect(again.status == 0 && again.output == first.batchID + "\n")
        #expect(again.messages.contains("12 jobs") && again.messages.contains("nothing"), "\(again.messages)")
        #expect(try await jobsSent(fleet) == 12)

        let repeated = try await submit(folder, fleet, ["--run", "1"])
        #expect(repeated.batchID == first.batchID && repeated.sent == 12)
        #expect(try await jobsSent(fleet) == 24)
        let second = try await fleet.run(["gather", first.batchID, "--timeout", "280"])
        let runs = try second.lines.map { try JSONDecoder().decode(ResultLine.self, from: Data($0.utf8)).run }
        #expect(second.status == 0 && runs == Array(repeating: 1, count: 12), "\(second.messages)")
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    /// A submit is held back by its backlog limit and broken off there; the next one sends the rest.
    @Test(arguments: BrokerKind.allCases) func brokenInTheMiddle(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let folder = try DemoModel.copies(120)
        let breaking = try RunningTool(["submit", folder.path, "--max-backlog", "40"] + fleet.connection)
        _ = try await waitFor(30) { try await jobsSent(fleet) >= 40 ? true : nil }
        breaking.send(SIGINT)
        let broken = try await breaking.outcome()
        #expect(broken.status == 130 && broken.output.isEmpty)
        #expect(broken.messages.contains("--resume"), "\(broken.messages)")
        let sent = try await jobsSent(fleet)
        #expect((40..<120).contains(sent))

        let refused = try await fleet.run(["submit", folder.path])
        #expect(refused.status == 2 && refused.messages.contains("--resume"), "\(refused.messages)")
        let resumed = try await submit(folder, fleet, ["--resume"])
        #expect(resumed.jobs == 120 && resumed.sent == 120 - sent)
        #expect(try await jobsSent(fleet) == 120)

        let worker = try fleet.startWorker("w", roots: [folder.path])
        let gathered = try await fleet.run(["gather", resumed.batchID, "--timeout", "280"])
        #expect(gathered.status == 0 && gathered.lines.count == 120, "\(gathered.messages)")
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    private func submit(
        _ folder: TemporaryDirectory, _ fleet: TestFleet, _ options: [String] = []
    ) async throws -> Summary {
        let outcome = try await fleet.run(["submit", folder.path, "--json"] + options)
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
    }

    /// Jobs in the topic, by its end offsets.
    private func jobsSent(_ fleet: TestFleet) async throws -> Int {
        let lag = try await fleet.run(["lag", "--json"])
        return try ReportedLag.partitions(lag.output, topic: fleet.prefix + "jobs").reduce(0) { $0 + $1.end }
    }
}
