import Foundation
import TestSupport
import Testing

/// What operators look at, as processes: lag, topics, doctor, config, version.
@Suite(.timeLimit(.minutes(6))) struct OperationsTests {
    @Test func lag() async throws {
        let broker = try await BrokerProcess(partitions: 4)
        let files = try DemoModel.samples().prefix(3).map(\.path)
        let submitted = try await Tool.run(["submit", "--kafka-config", broker.configPath] + files)
        #expect(submitted.status == 0)

        let table = try await Tool.run(["lag", "--kafka-config", broker.configPath])
        #expect(table.status == 0 && table.lines.first == "dragoman.jobs: 3 jobs to do", "\(table.messages)")
        let json = try await Tool.run(["lag", "--kafka-config", broker.configPath, "--json", "--group", "other"])
        #expect(json.lines.count == 1 && json.output.contains(#""group":"other","lag":3"#))

        let watch = try RunningTool(["lag", "--kafka-config", broker.configPath, "--watch", "0.1", "--json"])
        try await watch.waitFor { $0.output.split(separator: "\n").count >= 3 }
        watch.send(SIGINT)
        let watched = try await watch.outcome()
        #expect(watched.status == 0 && watched.lines.count >= 3)
        #expect(watched.lines[1].contains(#"{"change_per_second":0,"#))

        let missing = try await Tool.run(["lag", "--kafka-config", broker.configPath, "--prefix", "other."])
        #expect(missing.status == 1 && missing.messages.contains("other.jobs does not exist"))
    }

    @Test func topicsOfTheEmbeddedBroker() async throws {
        let broker = try await BrokerProcess(partitions: 4)
        let check = try await Tool.run(["topics", "check", "--kafka-config", broker.configPath])
        #expect(check.status == 0 && check.lines.count == 10 && check.lines[1].hasSuffix("  ok"), "\(check.output)")
        let enough = try await Tool.run(["topics", "create", "--kafka-config", broker.configPath, "--partitions", "4"])
        #expect(enough.status == 0 && enough.output.isEmpty && enough.messages.contains("nothing to do"))
        let more = try await Tool.run(["topics", "create", "--kafka-config", broker.configPath, "--partitions", "5"])
        #expect(more.status == 1 && more.messages.contains("dragoman broker"), "\(more.messages)")
    }

    @Test func topicsOfAnotherBroker() async throws {
        let kafka = [
            "--brokers", try TestRequirement.variable("DRAGOMAN_TEST_BROKER"), "--prefix",
            "t-\(UUID().uuidString.lowercased()).",
        ]
        let missing = try await Tool.run(["topics", "check", "--json"] + kafka)
        #expect(missing.status == 1 && missing.output.contains(#""ok":false,"partitions":null"#))
        let dry = try await Tool.run(["topics", "create", "--dry-run", "--partitions", "2"] + kafka)
        #expect(dry.status == 0 && dry.lines.count == 9 && dry.output.hasPrefix("would create "))
        let created = try await Tool.run(["topics", "create", "--partitions", "2"] + kafka)
        #expect(created.status == 0 && created.lines.count == 9, "\(created.messages)")
        let enlarged = try await Tool.run(["topics", "create", "--partitions", "3", "--json"] + kafka)
        #expect(enlarged.output.contains(#"{"action":"add_partitions","configuration":{},"partitions":3"#))
        #expect(try await Tool.run(["topics", "check"] + kafka).status == 0)
    }

    @Test func doctor() async throws {
        let alone = try await Tool.run(["doctor", "--json"])
        #expect(alone.status == 0 && alone.output.contains(#""name":"broker","verdict":"not_checked""#))

        let broker = try await BrokerProcess()
        let all = try await Tool.run([
            "doctor", "--model", DemoModel.checkpoint, "--audio-root", DemoModel.samplesFolder, "--kafka-config",
            broker.configPath,
        ])
        #expect(all.status == 0, "\(all.output)")
        for name in ["version", "processor", "audio root", "broker", "topics", "group"] {
            #expect(all.lines.contains { $0.hasPrefix("ok       \(name) ") }, "\(name)")
        }

        let failing = try await Tool.run([
            "doctor", "--model", "/missing", "--audio-root", "/missing", "--brokers", "127.0.0.1:1",
        ])
        #expect(failing.status == 1 && failing.lines.count { $0.hasPrefix("FAILED") } == 3, "\(failing.output)")
    }

    @Test func settingsInForce() async throws {
        let folder = try TemporaryDirectory()
        let secret = try folder.write(Array("hunter2".utf8), to: "secret")
        let file = try folder.write(Array("log: {level: debug}\nkafka: {sasl.username: me}".utf8), to: "dragoman.yaml")
        let shown = try await Tool.run(
            ["config", "show", "--json", "--config", file, "--kafka-option", "ssl.key.password.file=\(secret)"],
            environment: ["DRAGOMAN_KAFKA_SASL_PASSWORD": "hunter2", "DRAGOMAN_THREADS": "2"])
        #expect(shown.status == 0 && !shown.output.contains("hunter2"), "\(shown.messages)")
        for expected in [
            #"{"key":"threads","origin":"DRAGOMAN_THREADS","source":"environment","value":"2"}"#,
            #"{"key":"log.level","origin":"\#(file):1","source":"file","value":"debug"}"#,
            #"{"key":"brokers","origin":null,"source":"default","value":null}"#,
            #""key":"kafka.sasl.password","origin":"DRAGOMAN_KAFKA_SASL_PASSWORD","source":"environment","value":"***"}"#,
            #"{"key":"kafka.sasl.username","origin":"\#(file):2","source":"file","value":"me"}"#,
            #""key":"kafka.ssl.key.password.file","origin":"--kafka-option","source":"flag","value":"\#(secret)"}"#,
        ] { #expect(shown.output.contains(expected), "\(expected)") }
        let bad = try await Tool.run(["config", "show"], environment: ["DRAGOMAN_THREADS": "two"])
        #expect(bad.status == 2 && bad.messages.contains("DRAGOMAN_THREADS"))
    }

    @Test func version() async throws {
        let json = try await Tool.run(["version", "--json"])
        let object = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["version"] as? String == "0.1.0" && object["libraries"] is [String: Any])
        let unknown = try await Tool.run(["version", "--json"], environment: ["DRAGOMAN_CPU": "abacus"])
        #expect(unknown.status == 0 && unknown.output.contains(#""instruction_set":null"#))
    }
}
