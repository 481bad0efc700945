import Foundation
import TestSupport
import Testing

/// Traces as a collector that shares no code with us gets them.
@Suite(.timeLimit(.minutes(9))) struct TracingTests {
    private struct Line: Decodable {
        let address: String?
        let fault: String?
        let service: String?
        let trace: String?
        let span: String?
        let parent: String?
        let name: String?
        let kind: String?
        let start: UInt64?
        let end: UInt64?
        let attributes: [String: String]?
    }

    /// `Tests/Clients/tracing.py`.
    private struct Collector {
        let tool: RunningTool
        let address: String

        init(_ arguments: [String] = []) async throws {
            let script = Fixtures.root.appending(path: "Tests/Clients/tracing.py").path(percentEncoded: false)
            let tool = try RunningTool(
                [script] + arguments, executable: try TestRequirement.variable("DRAGOMAN_TEST_PYTHON"))
            self.tool = tool
            address = try await waitFor(30) { Self.lines(tool).first?.address }
        }

        var lines: [Line] { Self.lines(tool) }

        private static func lines(_ tool: RunningTool) -> [Line] {
            tool.output.split(separator: "\n").compactMap {
                try? JSONDecoder().decode(Line.self, from: Data($0.utf8))
            }
        }
    }

    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let caller = "00f067aa0ba902b7"

    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func startWorker(_ fleet: TestFleet, _ endpoint: String) throws -> RunningTool {
        try RunningTool(
            ["worker", "--model", DemoModel.checkpoint, "--name", "w", "--audio-root", DemoModel.samplesFolder]
                + ["--tracing-endpoint", endpoint] + fleet.connection)
    }

    /// One trace from a client in Python through the gateway and a worker to a gather; and a job whose context is garbled,
    /// which is done like any other.
    @Test func oneTraceAcrossAll() async throws {
        let collector = try await Collector()
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"), ["--tracing-endpoint", collector.address])
        let worker = try startWorker(fleet, collector.address)
        let client = try GatewayClient()
        let sample = try DemoModel.samples()[0]
        let submit = ["submit", gateway.address, "--batch", "b", "--uri", "file://\(sample.path)"]
        let good = try await client.run(submit + ["--traceparent", "00-\(Self.trace)-\(Self.caller)-01"])
        #expect(good.status == 0, "\(good.output)")
        let garbled = try await client.run(
            submit + ["--first", "1", "--traceparent", "00-\(Self.trace)-nonsense-01"])
        #expect(garbled.status == 0, "\(garbled.output)")
        let finished = try await client.run(["finish", gateway.address, "--batch", "b", "--count", "2"])
        #expect(finished.status == 0, "\(finished.output)")
        let gathered = try await fleet.run(
            ["gather", "b", "--timeout", "100", "--tracing-endpoint", collector.address])
        #expect(gathered.status == 0 && gathered.lines.count == 2, "\(gathered.messages)")
        worker.send(SIGTERM)
        #expect(try await worker.outcome().status == 0)
        #expect(try await gateway.stop(SIGTERM).status == 0)

        let lines = collector.lines
        #expect(lines.compactMap(\.fault) == [])
        let spans = lines.filter { $0.trace == Self.trace }
        func span(_ name: String) throws -> Line { try #require(spans.first { $0.name == name }, "no span \(name)") }
        let call = try span("dragoman.v1.TranslationService/SubmitJob")
        #expect(call.parent == Self.caller && call.kind == "SERVER" && call.service == "dragoman-gateway")
        let job = try span("job")
        #expect(job.parent == call.span && job.kind == "CONSUMER" && job.service == "dragoman-worker")
        #expect(job.attributes?["messaging.destination.name"] == "dragoman.jobs")
        for stage in ["queue", "fetch", "decode", "encode", "generate", "publish"] {
            #expect(try span(stage).parent == job.span, "\(stage)")
        }
        let gather = try span("gather")
        #expect(try gather.parent == span("publish").span && gather.service == "dragoman-gather")
        #expect(spans.count == 9)
        // The stages in their order, one after another.
        let stages = try ["fetch", "decode", "encode", "generate", "publish"].map(span)
        for (stage, next) in zip(stages, stages.dropFirst()) {
            #expect(stage.start ?? 0 <= next.start ?? 0 && stage.end ?? 0 <= (next.end ?? 0))
        }
        // The garbled one began a trace of its own.
        let others = lines.filter { $0.name == "job" && $0.trace != Self.trace }
        #expect(others.count == 1 && others[0].trace?.count == 32)
        for secret in [sample.path, sample.beamText] { #expect(!collector.tool.output.contains(secret)) }
    }

    /// Collectors that refuse, or aren't there, cost nothing but the spans.
    @Test func collectorsThatDoNotTakeThem() async throws {
        let refusing = try await Collector(["--refuse"])
        for endpoint in [refusing.address, "http://127.0.0.1:9"] {
            let fleet = try await TestFleet(.embedded)
            let worker = try startWorker(fleet, endpoint)
            let submitted = try await fleet.run(
                ["submit", "--batch", "b"] + DemoModel.samples().prefix(3).map(\.path))
            #expect(submitted.status == 0, "\(submitted.messages)")
            let gathered = try await fleet.run(["gather", "b", "--timeout", "100", "--tracing-endpoint", endpoint])
            #expect(gathered.status == 0 && gathered.lines.count == 3, "\(gathered.messages)")
            worker.send(SIGTERM)
            let outcome = try await worker.outcome()
            #expect(outcome.status == 0 && outcome.messages.contains("traces don't reach the collector"))
        }
    }
}
