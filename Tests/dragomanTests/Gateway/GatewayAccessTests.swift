import Foundation
import TestSupport
import Testing

/// Who may do what at a gateway, and what it keeps to itself.
@Suite(.timeLimit(.minutes(6))) struct GatewayAccessTests {
    private let folder: TemporaryDirectory
    private static let token = "a-secret-that-nobody-guesses"

    init() throws { folder = try TemporaryDirectory() }

    @Test func tokensAndQuotas() async throws {
        let fleet = try await TestFleet(.embedded)
        let tokens = try folder.write("# clients\nalice \(Self.token)\n".utf8, to: "tokens")
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"), ["--tokens", tokens, "--quota", "0.001", "--burst", "3"])
        let client = try GatewayClient()
        let submit = ["submit", gateway.address, "--batch", "b", "--uri", "file:///a-private-place/{number}.wav"]

        for arguments in [submit, submit + ["--token", "another-secret-that-is-wrong"], ["list", gateway.address]] {
            let refusal = try await client.refusal(arguments)
            #expect(refusal.code == "UNAUTHENTICATED" && refusal.reason == "UNAUTHENTICATED")
        }
        // A probe has no token.
        let health: [String: String] = try await client.ask(["health", gateway.address])
        #expect(health[""] == "SERVING")

        let withToken = ["--token", Self.token]
        for number in 0..<3 {
            let outcome = try await client.run(submit + withToken + ["--first", "\(number)"])
            #expect(outcome.status == 0, "\(outcome.output)")
        }
        let refusal = try await client.refusal(submit + withToken + ["--first", "3"])
        #expect(refusal.code == "RESOURCE_EXHAUSTED" && refusal.reason == "QUOTA_EXCEEDED")
        #expect(refusal.metadata?["retry_after_seconds"].flatMap { Int($0) } ?? 0 > 60)
        // What is there already costs nothing.
        #expect(try await client.run(submit + withToken).status == 0)
        let listed: [String] = try await client.ask(["list", gateway.address] + withToken)
        #expect(listed.sorted() == ["b-0", "b-1", "b-2"])

        let outcome = try await gateway.stop(SIGTERM)
        #expect(outcome.status == 0)
        for secret in [Self.token, "another-secret", "a-private-place"] {
            #expect(!outcome.messages.contains(secret) && !outcome.output.contains(secret))
        }
    }

    @Test func backlogLimit() async throws {
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"), ["--max-backlog", "5"])
        let client = try GatewayClient()
        let submit = ["submit", gateway.address, "--batch", "b"]
        for number in 0..<5 {
            let outcome = try await client.run(submit + ["--first", "\(number)"])
            #expect(outcome.status == 0, "\(outcome.output)")
        }
        let refusal = try await client.refusal(submit + ["--first", "5"])
        #expect(refusal.code == "RESOURCE_EXHAUSTED" && refusal.reason == "BACKLOG_LIMIT")
        #expect(refusal.metadata?["limit"] == "5")
    }

    @Test func certificates() async throws {
        let certificates = try await Certificates(in: folder)
        let fleet = try await TestFleet(.embedded)
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"),
            [
                "--certificate", certificates.server.certificate, "--key", certificates.server.key, "--client-ca",
                certificates.authority,
            ])
        let trusting = ["--ca", certificates.authority]
        let known = try GatewayClient(
            trusting + ["--certificate", certificates.client.certificate, "--key", certificates.client.key])
        let health: [String: String] = try await known.ask(["health", gateway.address])
        #expect(health[""] == "SERVING")
        let submitted = try await known.run(["submit", gateway.address, "--batch", "b"])
        #expect(submitted.status == 0, "\(submitted.output)")

        // Without a certificate, with one of somebody else's, and in the clear.
        let strange = try GatewayClient(
            trusting + ["--certificate", certificates.stranger.certificate, "--key", certificates.stranger.key])
        for client in [try GatewayClient(trusting), strange, try GatewayClient()] {
            let refusal = try await client.refusal(["submit", gateway.address, "--batch", "b"])
            #expect(refusal.code == "UNAVAILABLE")
        }
    }

    @Test(arguments: [
        (["--listen", "0.0.0.0:0"], "--insecure"), (["--listen", "nowhere"], "--listen"),
        (["--listen", "127.0.0.1:0", "--certificate", "c.pem"], "--key"), (["--quota", "0"], "--quota"),
    ])
    func refusedSettings(arguments: [String], word: String) async throws {
        let outcome = try await RunningTool(
            ["--brokers", "127.0.0.1:1", "--index", folder.file("index")] + arguments,
            executable: GatewayProcess.path
        ).outcome()
        #expect(outcome.status == 2 && outcome.messages.contains(word), "\(outcome.messages)")
    }

    @Test func unusableFiles() async throws {
        let noIndex = try folder.write("this is no database, but long enough to be read as one".utf8, to: "index")
        let noTokens = try folder.write("alice short\n".utf8, to: "tokens")
        for (arguments, word) in [
            (["--index", noIndex], noIndex), (["--index", folder.file("none/index")], "none/index"),
            (["--index", folder.file("new"), "--tokens", noTokens], "tokens:1"),
            (["--index", folder.file("new"), "--certificate", "/none.pem", "--key", "/none.key"], "/none.pem"),
        ] {
            let outcome = try await RunningTool(
                ["--brokers", "127.0.0.1:1", "--listen", "127.0.0.1:0"] + arguments, executable: GatewayProcess.path
            ).outcome()
            #expect(outcome.status == 1 && outcome.messages.contains(word), "\(outcome.messages)")
        }
    }
}
