import Foundation
import TestSupport
import Testing

/// The gateway's page in a real browser, with a fleet of real processes behind it.
@Suite(.timeLimit(.minutes(12))) struct PageTests {
    private struct Seen: Decodable {
        let contrast: [String: [String]]
        let nameless: [String]
        let wide: [String]
        let headings: [String]
        let figures: [String: String]
        let batches: [String]
        let workers: [String]
        let failures: [String]
        let complaints: [String]
    }

    private struct Driven: Decodable {
        let translation: String
        let dropped: String
        let refused: String
        let injected: Int
        let complaints: [String]
    }

    private struct Asked: Decodable {
        let kept: [Kept]
        let main: Bool
        let complaints: [String]

        /// Names in storages, or cookies.
        enum Kept: Decodable, Equatable {
            case names([String])
            case text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self =
                    if let names = try? container.decode([String].self) { .names(names) } else {
                        .text(try container.decode(String.self))
                    }
            }
        }
    }

    private let folder: TemporaryDirectory
    private let python: String

    init() throws {
        folder = try TemporaryDirectory()
        python = try TestRequirement.variable("DRAGOMAN_TEST_PYTHON")
        _ = try TestRequirement.program("chromium")
    }

    private func drive<Answer: Decodable>(
        _ command: String, _ gateway: GatewayProcess, _ arguments: [String] = [], _ type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let address = try #require(gateway.httpAddress)
        let script = Fixtures.root.appending(path: "Tests/Clients/page.py").path(percentEncoded: false)
        let outcome = try await Program.run(python, [script, command, "http://\(address)/"] + arguments)
        try #require(outcome.status == 0, "\(outcome.messages)")
        return try JSONDecoder().decode(Answer.self, from: Data(try #require(outcome.lines.last).utf8))
    }

    /// Recordings by keyboard and by dropping, to their translations; a batch that is done, and one that waits.
    @Test func dropsARecording() async throws {
        let fleet = try await TestFleet(.embedded)
        let uploads = folder.file("uploads")
        try FileManager.default.createDirectory(atPath: uploads, withIntermediateDirectories: true)
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"),
            ["--http-listen", "127.0.0.1:0", "--http-uploads", "file://\(uploads)/"])
        let worker = try fleet.startWorker("worker-1", roots: [DemoModel.samplesFolder, uploads])
        let samples = try DemoModel.samples()
        let submitted = try await fleet.run(["submit", "--batch", "calls"] + samples.prefix(6).map(\.path))
        #expect(submitted.status == 0, "\(submitted.messages)")
        let client = try GatewayClient(["--batch", "lost"])
        let lost = try await client.run(
            ["submit", gateway.address, "--uri", "file://\(DemoModel.samplesFolder)/nothing-is-here.wav"])
        #expect(lost.status == 0, "\(lost.output)")
        #expect(try await client.run(["finish", gateway.address, "--count", "1"]).status == 0)
        for batch in ["calls", "lost"] { _ = try await fleet.run(["gather", batch, "--timeout", "280"]) }

        let driven: Driven = try await drive(
            "drive", gateway, ["--recording", samples[0].path, "--drop", samples[1].path])
        #expect(driven.translation == samples[0].beamText)
        #expect(driven.dropped == samples[1].beamText)
        #expect(driven.refused.contains("no recording"))
        #expect(driven.injected == 0 && driven.complaints.isEmpty, "\(driven.complaints)")
        // Three recordings came; what was refused has left nothing.
        let files = try FileManager.default.contentsOfDirectory(atPath: uploads).filter { $0.hasPrefix("upload-") }
        #expect(files.count == 3 && files.allSatisfy { $0.hasSuffix(".wav") || $0.hasSuffix(".flac") }, "\(files)")

        // With jobs that wait, since nobody is there any more to do them.
        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
        let waiting = try await fleet.run(["submit", "--batch", "more"] + samples.prefix(4).map(\.path))
        #expect(waiting.status == 0, "\(waiting.messages)")
        var arguments: [String] = ["--wait", "4"]
        if let screens = ProcessInfo.processInfo.environment["DRAGOMAN_TEST_SCREENS"] {
            arguments += ["--screens", screens]
        }
        let seen: Seen = try await drive("look", gateway, arguments)
        #expect(
            seen.contrast.isEmpty && seen.nameless.isEmpty && seen.wide.isEmpty && seen.complaints.isEmpty, "\(seen)")
        #expect(
            seen.headings == [
                "Dragoman", "Backlog", "Batches", "Workers", "Translate a recording", "Latest failures",
            ])
        #expect(seen.figures["Waiting"] == "4" && seen.figures["Failed"] == "2", "\(seen.figures)")
        #expect(seen.batches.first?.contains("0 / 4") == true && seen.batches.last?.contains("6 / 6") == true)
        #expect(seen.workers == ["worker-1"])
        #expect(seen.failures == ["Unknown target language", "Audio not found"])
        #expect(try await gateway.stop(SIGTERM).status == 0)
    }

    /// The page is as open as the gateway's service, and no more.
    @Test func asksForAToken() async throws {
        let fleet = try await TestFleet(.embedded)
        let token = "a-secret-that-nobody-guesses"
        let tokens = try folder.write("alice \(token)\n".utf8, to: "tokens")
        let gateway = try await GatewayProcess(
            fleet, index: folder.file("index"), ["--http-listen", "127.0.0.1:0", "--tokens", tokens])
        let asked: Asked = try await drive("token", gateway, ["--token", token])
        #expect(asked.kept == [.names(["dragoman.token"]), .names([]), .text("")] && !asked.main)
        #expect(asked.complaints.isEmpty)
        let outcome = try await gateway.stop(SIGTERM)
        #expect(outcome.status == 0 && !outcome.messages.contains(token))
    }
}
