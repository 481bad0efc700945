import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

/// What dashboard, alerts and runbooks speak of is there, and moves when it should.
@Suite(.timeLimit(.minutes(9))) struct MetricNamesTests {
    @Test func everyMetricThatIsSpokenOfIsThere() async throws {
        let promtool = try TestRequirement.program("promtool")
        let fleet = try await TestFleet(.independent, partitions: 2)
        let folder = try TemporaryDirectory()
        let exporter = try await ExporterProcess(fleet)
        #expect(try await Scrape(exporter.address).sum("dragoman_jobs_waiting") == 0)
        try await submit(fleet)
        _ = try await waitFor(30) {
            try await Scrape(exporter.address).sum("dragoman_jobs_waiting") == 3 ? true : nil
        }

        let worker = try RunningTool(
            [
                "worker", "--model", DemoModel.checkpoint, "--audio-root", DemoModel.samplesFolder, "--log-format",
                "json", "--http-listen", "127.0.0.1:0",
            ] + fleet.connection)
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index.sqlite"), ["--http-listen", "127.0.0.1:0"])
        let gatewayAddress = try #require(gateway.httpAddress)
        let lag = try await Tool.run(["lag", "--gateway", gateway.address, "--gateway-plaintext", "--json"])
        #expect(lag.status == 0 && lag.output.contains(#""waiting":"#), "\(lag.messages)")
        let done = try await waitFor(60) { () -> Scrape? in
            let scrape = try await Scrape(exporter.address)
            let isDone = scrape.sum("dragoman_jobs_waiting") == 0 && scrape.sum("dragoman_dead_letters") == 1
            // The offset is committed some time after the results are there.
            let isCommitted = scrape.sum("kafka_consumergroup_current_offset", #"jobs""#) == 3
            return isDone && isCommitted ? scrape : nil
        }
        let workerAddress = try #require(Self.address(in: worker.messages))
        let scrapes = [done, try await Scrape(workerAddress), try await Scrape(gatewayAddress)]
        try await checkForm(scrapes, promtool)
        checkMovement(scrapes)

        // Texts may speak of a histogram by its own name.
        let there = scrapes.flatMap(\.names).reduce(into: Set<String>()) { names, name in
            names.insert(name)
            if name.hasSuffix("_bucket") { names.insert(String(name.dropLast("_bucket".count))) }
        }
        for file in try Self.files() {
            let missing = try Self.names(in: file).subtracting(there)
            #expect(missing.isEmpty, "\(file.lastPathComponent) speaks of \(missing.sorted())")
        }
        for path in ["/healthz", "/readyz", "/startupz"] {
            for address in [exporter.address, workerAddress, String(gatewayAddress)] {
                #expect(try await Scrape.get(address, path).status == 200, "\(address)\(path)")
            }
        }
    }

    @Test func rules() async throws {
        let promtool = try TestRequirement.program("promtool")
        let alerts = Fixtures.root.appending(path: "Config/prometheus/alerts.yaml")
        let checked = try await Program.run(promtool, ["check", "rules", alerts.path()])
        #expect(checked.status == 0 && checked.output.contains("SUCCESS"), "\(checked.output) \(checked.messages)")
        let tests = Fixtures.root.appending(path: "Tests/Alerts/alerts.test.yaml")
        let tested = try await Program.run(promtool, ["test", "rules", tests.path()])
        #expect(tested.status == 0, "\(tested.output) \(tested.messages)")

        let text = try String(contentsOf: alerts, encoding: .utf8)
        let names = text.matches(of: /alert: (\w+)/).map { String($0.1) }
        #expect(names.count == text.matches(of: #/runbook_url: /#).count && Set(names).count == names.count)
        let trials = try String(contentsOf: tests, encoding: .utf8)
        for name in names {
            #expect(text.contains("runbook_url: /documentation/dragoman/\(name.lowercased())\n"), "\(name)")
            let article = Self.runbooks.appending(path: "\(name).md").path()
            #expect(FileManager.default.fileExists(atPath: article), "\(name) has no article")
            #expect(trials.contains("alertname: \(name)\n"), "\(name) is not tried")
        }
    }

    @Test func dashboard() throws {
        let data = try Data(contentsOf: Self.dashboard)
        let board = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(board["panels"] as? [[String: Any]])
        let rows = panels.filter { $0["type"] as? String == "row" }.compactMap { $0["title"] as? String }
        #expect(rows == ["SLO", "Throughput", "Latency per stage", "Kafka", "Resources", "Dead letters"])
        #expect(board["uid"] == nil)
        // Every source is the one that is chosen.
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.matches(of: /"uid": "(?!\$\{datasource\})/).isEmpty)
    }

    private static let runbooks = Fixtures.root.appending(path: "Sources/dragoman/dragoman.docc/Runbooks")
    private static let dashboard = Fixtures.root.appending(path: "Config/grafana/dragoman.json")

    private static func files() throws -> [URL] {
        let articles = try FileManager.default.contentsOfDirectory(at: runbooks, includingPropertiesForKeys: nil)
        return articles + [dashboard, Fixtures.root.appending(path: "Config/prometheus/alerts.yaml")]
    }

    private static func names(in file: URL) throws -> Set<String> {
        let text = try String(contentsOf: file, encoding: .utf8)
        return Set(text.matches(of: /\b(?:dragoman|kafka_consumergroup|process)_[a-z0-9_]+/).map { String($0.0) })
    }

    private static func address(in log: String) -> String? {
        struct Line: Decodable {
            let message: String
            let address: String?
        }
        return log.split(separator: "\n").lazy
            .compactMap { try? JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
            .first { $0.message == "serving HTTP" }?.address
    }

    /// One that succeeds, one whose audio is missing, and what is no job.
    private func submit(_ fleet: TestFleet) async throws {
        let sample = try #require(try DemoModel.samples().first)
        let values = try ["file://\(sample.path)", "file://\(DemoModel.samplesFolder)/missing.wav"].map { uri in
            var job = TranslationJob()
            job.audio.uri = uri
            return try MessageCodec.encode(job, as: .json)
        }
        try await FleetRecords(fleet).write(
            (values + [Array("nonsense".utf8)]).map { value in
                KafkaProducerRecord(topic: fleet.prefix + "jobs", partition: 0, key: nil, value: value)
            })
    }

    private func checkForm(_ scrapes: [Scrape], _ promtool: String) async throws {
        for scrape in scrapes {
            let checked = try await Program.run(promtool, ["check", "metrics"], input: scrape.text)
            #expect(checked.status == 0, "\(checked.output) \(checked.messages)")
            // No paths and no ids of jobs.
            #expect(!scrape.text.contains("file:") && !scrape.text.contains(".wav"))
        }
    }

    private func checkMovement(_ scrapes: [Scrape]) {
        let (exporter, worker, gateway) = (scrapes[0], scrapes[1], scrapes[2])
        #expect(worker.sum("dragoman_jobs_total", #"outcome="ok""#) == 1)
        #expect(worker.sum("dragoman_jobs_total", #"outcome="failed""#, #"reason="AUDIO_NOT_FOUND""#) == 1)
        #expect(worker.sum("dragoman_dead_letters_total", "UNREADABLE") == 1)
        #expect(worker.sum("dragoman_job_stage_duration_seconds_count", #"stage="publish""#) == 3)
        #expect(worker.sum("dragoman_job_stage_duration_seconds_count", #"stage="generate""#) == 1)
        for name in [
            "dragoman_audio_seconds_total", "dragoman_tokens_total", "dragoman_decoder_rows_count",
            "dragoman_realtime_factor_count", "dragoman_rebalances_total", "dragoman_partitions_assigned",
            "dragoman_commits_total", "dragoman_ledger_metadata_bytes", "dragoman_shared_memory_bytes",
            "process_cpu_seconds_total", "process_open_fds",
        ] { #expect(worker.sum(name) > 0, "\(name)") }
        #expect(exporter.sum("kafka_consumergroup_current_offset", #"jobs""#) == 3)
        #expect(gateway.sum("dragoman_gateway_requests_total", #"method="GetLag""#, #"code="ok""#) == 1)
        #expect(gateway.sum("dragoman_gateway_request_duration_seconds_count", #"method="GetLag""#) == 1)
    }
}
