import Foundation
import TestSupport
import Testing

/// How a command finds its gateway, and is let in.
@Suite(.timeLimit(.minutes(6))) struct GatewayArgumentsTests {
    private static let nowhere = "127.0.0.1:1"
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    @Test(arguments: [
        ["--brokers", "b:1"], ["--prefix", "p."], ["--kafka-config", "f"], ["--kafka-option", "client.id=x"],
        ["--group", "g"], ["--gateway-ca", "/dev/null"], ["--gateway-certificate", "/dev/null"],
    ])
    func whatDoesNotGoTogether(options: [String]) async throws {
        let outcome = try await Tool.run(["status", "b", "--gateway", Self.nowhere, "--gateway-plaintext"] + options)
        #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.messages.contains(options[0]))
    }

    @Test(arguments: [
        ["submit", "/etc/hostname", "--gateway", nowhere, "--gateway-plaintext", "--format", "json"],
        ["gather", "b", "--brokers", nowhere, "--gateway-token-file", "f"],
        ["lag", "--gateway-plaintext"], ["lag", "--gateway", "nowhere"], ["lag", "--gateway", "https://a:1"],
        ["lag", "--gateway", nowhere, "--gateway-ca", "/no/such/file"],
        ["lag", "--gateway", nowhere, "--gateway-plaintext", "--gateway-token-file", "/no/such/file"],
    ])
    func wrongUsage(arguments: [String]) async throws {
        let outcome = try await Tool.run(arguments)
        #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.messages.isEmpty, "\(outcome.messages)")
    }

    @Test func unreachable() async throws {
        let gateway = ["--gateway", Self.nowhere, "--gateway-plaintext"]
        async let gathered = Tool.run(["gather", "b"] + gateway)
        async let submitted = Tool.run(["submit", "/etc/hostname"] + gateway)
        async let status = Tool.run(["status", "b"] + gateway)
        async let cancelled = Tool.run(["cancel", "b"] + gateway)
        async let lag = Tool.run(["lag"] + gateway)
        for outcome in try await [gathered, submitted, status, cancelled, lag] {
            #expect(outcome.status == 3 && outcome.output.isEmpty, "\(outcome.messages)")
            #expect(outcome.messages.contains("the gateway at \(Self.nowhere) can't be reached"), "\(outcome.messages)")
        }
    }

    /// From the strongest source that names either a gateway or brokers.
    @Test func whatGoesBefore() async throws {
        let environment = ["DRAGOMAN_CLIENT_GATEWAY": Self.nowhere, "DRAGOMAN_CLIENT_PLAINTEXT": "true"]
        let broker = try await BrokerProcess()
        let kafka = try await Tool.run(["lag", "--kafka-config", broker.configPath], environment: environment)
        #expect(kafka.status == 0 && kafka.output.contains("Group dragoman"), "\(kafka.messages)")
        let gateway = try await Tool.run(["lag"], environment: environment)
        #expect(gateway.status == 3 && gateway.messages.contains("the gateway at"))
        let file = try folder.write(
            "brokers: \(Self.nowhere)\nclient:\n  gateway: \(Self.nowhere)\n  plaintext: maybe\n".utf8, to: "a.yaml")
        let wrong = try await Tool.run(["lag", "--config", file])
        #expect(wrong.status == 2 && wrong.messages.contains("expected true or false, not 'maybe'"))
    }

    @Test func tokensAndCertificates() async throws {
        let fleet = try await TestFleet(.embedded)
        let certificates = try await Certificates(in: folder)
        let tokens = try folder.write("alice a-secret-that-nobody-guesses\n".utf8, to: "tokens")
        let token = try folder.write("a-secret-that-nobody-guesses\n".utf8, to: "token")
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"),
            [
                "--tokens", tokens, "--certificate", certificates.server.certificate, "--key", certificates.server.key,
                "--client-ca", certificates.authority,
            ])
        let settings = try folder.write(
            """
            client:
              gateway: \(gateway.address)
              token-file: \(token)
              ca: \(certificates.authority)
              certificate: \(certificates.client.certificate)
              key: \(certificates.client.key)
            """.utf8, to: "settings.yaml")
        let good = try await Tool.run(["lag", "--config", settings])
        #expect(good.status == 0 && good.output.contains("nothing to do"), "\(good.messages)")

        let wrongToken = try folder.write("another-secret-that-is-wrong".utf8, to: "wrong")
        let refused = try await Tool.run(["lag", "--config", settings, "--gateway-token-file", wrongToken])
        #expect(refused.status == 1 && refused.messages.contains("no valid token"), "\(refused.messages)")
        #expect(!refused.messages.contains("another-secret"))
        let stranger = [
            "--gateway-certificate", certificates.stranger.certificate, "--gateway-key", certificates.stranger.key,
        ]
        #expect(try await Tool.run(["lag", "--config", settings] + stranger).status == 3)
    }

    /// More jobs than the gateway lets wait: they go as workers make room.
    @Test func backlogOfTheGateway() async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"), ["--max-backlog", "8"])
        let recordings = try DemoModel.copies(12)
        let way = ["--gateway", gateway.address, "--gateway-plaintext"]
        let submitting = try RunningTool(["submit", recordings.path, "--json"] + way)
        try await submitting.waitFor { $0.messages.contains("waiting for the workers") }
        let worker = try fleet.startWorker("w", roots: [recordings.path])
        let submitted = try await submitting.outcome()
        #expect(submitted.status == 0 && submitted.output.contains(#""sent":12"#), "\(submitted.messages)")
        #expect(submitted.messages.contains("waiting for the workers"), "\(submitted.messages)")
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }

    @Test func example() async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let sample = try DemoModel.samples()[0]
        let worker = try fleet.startWorker("w")
        let path = URL(filePath: Tool.path).deletingLastPathComponent().appending(path: "dragoman-client-example")
            .path(percentEncoded: false)
        func run(_ uri: String) async throws -> Tool.Outcome {
            try await Program.run(path, [gateway.address, uri, "en"])
        }
        let good = try await run("file://\(sample.path)")
        #expect(good.status == 0 && good.output == sample.beamText + "\n", "\(good.output) \(good.messages)")
        #expect(good.messages.contains(" is succeeded\n"))
        let bad = try await run("file:///etc/hostname")
        #expect(bad.status == 1 && !bad.output.isEmpty)
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
    }
}
