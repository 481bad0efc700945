import Foundation
import TestSupport
import Testing

/// Clients that share no code with Dragoman.
@Suite(.timeLimit(.minutes(6))) struct InteroperabilityTests {
    private struct Result: Decodable {
        let jobId: String
        let status: String
        let text: String
    }

    private struct PythonLine: Decodable {
        let uri: String
        let status: String
        let text: String
        let labels: [String: String]
    }

    /// kcat knows nothing of headers, types or protobuf: a plain line of JSON is a job, and so is its result.
    @Test(arguments: BrokerKind.allCases) func plainJSONWithKcat(kind: BrokerKind) async throws {
        let kcat = try TestRequirement.program("kcat")
        let fleet = try await TestFleet(kind)
        let worker = try fleet.startWorker("w")
        let sample = try #require(try DemoModel.samples().first)

        let job = #"{"id": "call-17", "audio": {"uri": "file://\#(sample.path)"}, "decoding": {"beams": 5}}"#
        let sent = try await Program.run(
            kcat, ["-P", "-b", fleet.brokers, "-t", fleet.prefix + "jobs", "-k", "call-17"], input: job + "\n")
        #expect(sent.status == 0, "\(sent.messages)")
        let gathered = try await waitFor(30) {
            let read = try await Program.run(
                kcat,
                [
                    "-C", "-b", fleet.brokers, "-t", fleet.prefix + "results", "-o", "beginning", "-e", "-q", "-f",
                    #"%k\t%h\t%s\n"#,
                ])
            return read.lines.first { $0.hasPrefix("call-17\t") }
        }
        let fields = gathered.split(separator: "\t")
        #expect(fields[1].contains("content-type=application/json"))
        let result = try JSONDecoder().decode(Result.self, from: Data(fields[2].utf8))
        #expect(result.jobId == "call-17" && result.status == "OK" && result.text == sample.beamText)
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    /// confluent-kafka with classes that protoc made of the schema.
    @Test(arguments: BrokerKind.allCases) func protobufWithPython(kind: BrokerKind) async throws {
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let fleet = try await TestFleet(kind)
        let worker = try fleet.startWorker("w")
        let samples = try DemoModel.samples().prefix(3)
        let outcome = try await Program.run(
            python,
            [PythonClient.path, "translate", "--brokers", fleet.brokers, "--prefix", fleet.prefix]
                + samples.map { "file://\($0.path)" })
        #expect(outcome.status == 0, "\(outcome.messages)")
        let lines = try outcome.lines.map { try JSONDecoder().decode(PythonLine.self, from: Data($0.utf8)) }
        let texts = Dictionary(uniqueKeysWithValues: lines.map { ($0.uri, $0.text) })
        #expect(texts == Dictionary(uniqueKeysWithValues: samples.map { ("file://\($0.path)", $0.beamText) }))
        #expect(lines.allSatisfy { $0.status == "OK" && $0.labels == ["client": "python"] })
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    /// The lag of each partition lies between what another client reads just before and just after, while work goes on.
    @Test(arguments: BrokerKind.allCases) func lagBetweenReadingsOfAnotherClient(kind: BrokerKind) async throws {
        let python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        let fleet = try await TestFleet(kind)
        let folder = try DemoModel.copies(200)
        let submitted = try await fleet.run(["submit", folder.path])
        #expect(submitted.status == 0, "\(submitted.messages)")
        let worker = try fleet.startWorker("w", roots: [folder.path])
        _ = try await waitFor(60) { worker.finished.isEmpty ? nil : true }

        let reader = [
            PythonClient.path, "offsets", "--brokers", fleet.brokers, "--group", fleet.group, fleet.prefix + "jobs",
        ]
        var total = 0
        for _ in 0..<3 {
            let before = try await Program.run(python, reader)
            let lag = try await fleet.run(["lag", "--json"])
            let after = try await Program.run(python, reader)
            #expect(lag.status == 0, "\(lag.messages)")
            let readings = try [before, after].map { try PythonClient.offsets($0.output) }
            let reported = try ReportedLag.partitions(lag.output, topic: fleet.prefix + "jobs")
            #expect(reported.count == 12)
            for (index, partition) in reported.enumerated() {
                let (earlier, later) = (readings[0][index], readings[1][index])
                // Nothing is submitted meanwhile, so the end stands still and the lag only falls.
                #expect(partition.end == earlier.end && partition.end == later.end)
                #expect((later.lag...earlier.lag).contains(partition.lag), "partition \(index)")
            }
            total = reported.reduce(0) { $0 + $1.lag }
            #expect(total < 200)
        }
        #expect(total > 0, "the work was over before the lag was read")
    }
}
