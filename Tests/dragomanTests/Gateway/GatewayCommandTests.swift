import Foundation
import Jobs
import TestSupport
import Testing

/// The commands through a gateway: the same words, bytes and exit codes as over Kafka.
@Suite(.timeLimit(.minutes(12))) struct GatewayCommandTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func through(_ gateway: GatewayProcess) -> [String] {
        ["--gateway", gateway.address, "--gateway-plaintext"]
    }

    /// Runs a command both ways and expects the same.
    private func runBoth(
        _ arguments: [String], _ fleet: TestFleet, _ gateway: GatewayProcess,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Tool.Outcome {
        async let one = Tool.run(arguments + fleet.connection)
        async let other = Tool.run(arguments + through(gateway))
        let (kafka, remote) = try await (one, other)
        #expect(
            remote.output == kafka.output && remote.messages == kafka.messages && remote.status == kafka.status,
            "\(arguments): \(kafka) \(remote)", sourceLocation: sourceLocation)
        return remote
    }

    @Test(arguments: BrokerKind.allCases) func fromSubmitToGather(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let recordings = try DemoModel.copies(11)
        // One that fails, and one that nobody has to send twice.
        try recordings.write("no audio".utf8, to: "1000-broken.wav")
        let submit = ["submit", recordings.path, "--label", "kind=\(kind)"]
        let planned = try await runBoth(submit + ["--dry-run", "--json"], fleet, gateway)
        #expect(planned.status == 1, "\(planned.messages)")

        // The same batch, on another fleet, over Kafka.
        let twin = try await TestFleet(.embedded)
        let twinSubmit = try await twin.run(submit + ["--json"])
        let submitted = try await Tool.run(submit + ["--json"] + through(gateway))
        #expect(submitted.status == 0 && submitted.output == twinSubmit.output, "\(submitted.messages)")
        #expect(submitted.messages == twinSubmit.messages)
        let batch = String(submitted.messages.split(separator: " ").last ?? "").filter { !$0.isNewline }

        // All of them wait.
        #expect(try await runBoth(submit, fleet, gateway).messages.contains("all are waiting for a worker"))
        for options in [[], ["--json"]] {
            let status = try await runBoth(["status", batch] + options, fleet, gateway)
            #expect(status.status == 0 && status.output.contains("12"), "\(status.output)")
        }
        let early = try await Tool.run(["gather", batch, "--timeout", "4"] + through(gateway))
        #expect(early.status == 4 && early.output.isEmpty && early.messages.contains("0 of 12 results"))

        let worker = try fleet.startWorker("w", roots: [recordings.path])
        let gathered = try await Tool.run(["gather", batch, "--timeout", "280"] + through(gateway))
        #expect(gathered.status == 1 && gathered.lines.count == 12, "\(gathered.messages)")
        for format in ["jsonl", "csv", "table"] {
            let outcome = try await runBoth(["gather", batch, "--format", format], fleet, gateway)
            #expect(outcome.status == 1 && outcome.messages.contains("1 of 12 jobs failed"), "\(outcome.messages)")
        }
        for (name, way) in [("kafka", fleet.connection), ("gateway", through(gateway))] {
            let written = try await Tool.run(["gather", batch, "--output-dir", folder.file(name), "--quiet"] + way)
            #expect(written.status == 1)
        }
        let difference = try await Program.run("/usr/bin/diff", ["-r", folder.file("kafka"), folder.file("gateway")])
        #expect(difference.status == 0 && difference.output.isEmpty)

        for options in [[], ["--json"]] {
            #expect(try await runBoth(["status", batch] + options, fleet, gateway).status == 1)
        }
        #expect(try await runBoth(submit, fleet, gateway).messages.contains("all have a result (1 of them failed)"))
        let cancelled = try await runBoth(["cancel", batch, "--json", "--wait"], fleet, gateway)
        #expect(cancelled.output.contains(#""done":12"#))
        // Offsets are committed some time after the results are there.
        _ = try await waitFor(30) {
            let lag = try await Tool.run(["lag", "--json"] + through(gateway))
            return lag.status == 0 && lag.output.contains(#""group":null,"lag":0"#) ? true : nil
        }

        // A second run, and it alone counts.
        let repeated = try await Tool.run(submit + ["--run", "1", "--json"] + through(gateway))
        #expect(repeated.status == 0 && repeated.output.contains(#""run":1,"sent":12"#), "\(repeated.output)")
        let second = try await Tool.run(["gather", batch, "--timeout", "280"] + through(gateway))
        #expect(second.status == 1 && second.output.split(separator: #""run":1"#).count == 13, "\(second.messages)")
        _ = try await runBoth(["gather", batch], fleet, gateway)
        let over = try await runBoth(submit + ["--run", "0"], fleet, gateway)
        #expect(over.status == 2 && over.messages.contains("only the highest run counts"))
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
        #expect(try await gateway.stop(SIGTERM).status == 0)
    }

    /// Broken in the middle by one way, gone on with by the other.
    @Test(arguments: [true, false]) func resume(breaksAtGateway: Bool) async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let recordings = try DemoModel.copies(60)
        let submit = ["submit", recordings.path]
        let ways = [through(gateway), fleet.connection]
        let (first, second) = breaksAtGateway ? (ways[0], ways[1]) : (ways[1], ways[0])
        let breaking = try RunningTool(submit + ["--max-backlog", "20"] + first)
        let records = try FleetRecords(fleet)
        _ = try await waitFor(30) { try await records.read(records.topics.jobs).count >= 20 ? true : nil }
        breaking.send(SIGINT)
        let broken = try await breaking.outcome()
        #expect(broken.status == 130 && broken.messages.contains("20 of 60 jobs"), "\(broken.messages)")

        let refused = try await Tool.run(submit + second)
        #expect(refused.status == 2 && refused.messages.contains("add --resume to send"), "\(refused.messages)")
        let resumed = try await Tool.run(submit + ["--resume", "--json"] + second)
        #expect(resumed.status == 0 && resumed.output.contains(#""sent":40"#), "\(resumed.output)\(resumed.messages)")
        #expect(try await records.read(records.topics.jobs).count == 60)
        #expect(try await runBoth(submit + ["--json"], fleet, gateway).output.contains(#""waiting":60"#))
    }

    @Test func namesAndCancellation() async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let recordings = try DemoModel.copies(3)
        let submit = ["submit", "--batch", "mine", "--label", "a=b"]
        let first = try await Tool.run(submit + [recordings.path] + through(gateway))
        #expect(first.status == 0 && first.output == "mine\n", "\(first.messages)")
        let files = try FileManager.default.contentsOfDirectory(atPath: recordings.path).sorted()
            .map { recordings.file($0) }
        for others in [Array(files.prefix(2)), [files[1], files[0], files[2]], files + [DemoModel.samplesFolder]] {
            let taken = try await runBoth(submit + others, fleet, gateway)
            #expect(taken.status == 2 && taken.messages.contains("submitted before with other jobs"))
        }
        #expect(try await runBoth(submit + files, fleet, gateway).messages.contains("all are waiting"))

        let records = try FleetRecords(fleet)
        let jobs = try await records.read(records.topics.jobs)
        let id = try records.job(jobs[0]).id
        for options in [[], ["--json"]] {
            let waiting = try await runBoth(["status", id] + options, fleet, gateway)
            #expect(waiting.status == 0 && waiting.output.contains("mine"), "\(waiting.output)")
        }
        let cancel = ["cancel", "mine", "--reason", "wrong folder"]
        let cancelled = try await runBoth(cancel, fleet, gateway)
        #expect(cancelled.output == "called off batch mine, run 0, 3 jobs\n" && cancelled.status == 0)
        let late = try await Tool.run(cancel + ["--wait", "0.5"] + through(gateway))
        #expect(late.status == 4 && late.messages.contains("timed out: 0 of 3 ended"), "\(late.messages)")
        try await records.answer(jobs, status: .cancelled)
        #expect(try await runBoth(cancel + ["--wait", "280", "--json"], fleet, gateway).status == 0)
        #expect(try await runBoth(["cancel", id, "--job", "--wait", "280", "--json"], fleet, gateway).status == 0)
        let failed = try await Tool.run(["status", id] + through(gateway))
        #expect(failed.status == 1 && failed.output.contains("finished: CANCELLED"), "\(failed.output)")

        for arguments in [["status", "nobody"], ["cancel", "nobody"], ["gather", "nobody", "--timeout", "1"]] {
            let unknown = try await runBoth(arguments, fleet, gateway)
            #expect(unknown.status == (arguments[0] == "gather" ? 4 : 1))
        }
        #expect(try await runBoth(["cancel", "nobody", "--job", "--run", "3"], fleet, gateway).status == 0)
    }

    /// The gateway is killed while results are waited for, and comes back with another index.
    @Test func gatewayThatComesBack() async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let recordings = try DemoModel.copies(6)
        let submitted = try await Tool.run(["submit", recordings.path] + through(gateway))
        let batch = submitted.output.filter { !$0.isNewline }
        let gathering = try RunningTool(["gather", batch, "--timeout", "280"] + through(gateway))
        let records = try FleetRecords(fleet)
        let jobs = try await records.read(records.topics.jobs)
        try await records.answer(Array(jobs.prefix(3)), status: .ok)
        try await gathering.waitFor { !$0.messages.isEmpty }
        _ = try await waitFor(30) {
            try await Tool.run(["status", batch] + through(gateway)).output.contains("3 of 6") ? true : nil
        }
        _ = try await gateway.stop(SIGKILL)
        try await records.answer(Array(jobs.dropFirst(3)), status: .ok)
        let again = try await GatewayProcess(fleet, index: folder.file("another"), ["--listen", gateway.address])
        let gathered = try await gathering.outcome()
        #expect(gathered.status == 0 && gathered.lines.count == 6, "\(gathered.messages)")
        let kafka = try await fleet.run(["gather", batch])
        #expect(gathered.output == kafka.output)

        let waiting = try RunningTool(["gather", "nobody"] + through(again))
        try await waiting.waitFor { !$0.messages.isEmpty }
        waiting.send(SIGINT)
        #expect(try await waiting.outcome().status == 130)
    }
}
