import Foundation
import Jobs
import Kafka
import Logging
import TestSupport
import Testing

/// What `submit` says and does, without workers.
@Suite(.timeLimit(.minutes(5))) struct SubmitTests {
    private struct Summary: Decodable, Equatable {
        struct Problems: Decodable, Equatable { var count: Int }

        var batchId: String
        var run: Int?
        var jobs: Int
        var sent: Int
        var waiting: Int?
        var complete: Bool
        var duplicates: Int
        var leftOut: Int
        var audioSeconds: Double
        var unknownLengths: Int
        var unreadable: Problems
        var problems: Problems
    }

    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        for name in ["a.wav", "b.wav"] { try folder.write(WaveFile.sawTooth(sampleCount: 16_000).bytes, to: name) }
        try folder.write(Array("x".utf8), to: "notes.txt")
    }

    private func summary(_ outcome: Tool.Outcome) throws -> Summary {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Summary.self, from: Data(outcome.output.utf8))
    }

    @Test func dryRunSendsNothing() async throws {
        let words = try await Tool.run(["submit", "--dry-run", folder.path])
        #expect(words.status == 0 && words.messages.contains("2 jobs, 2 s of audio: nothing was sent"))
        #expect(words.messages.contains("1 file left out"))

        try folder.write(Array("no audio".utf8), to: "c.wav")
        let source = folder.path + "/*.wav"
        let json = try await Tool.run(["submit", "--dry-run", "--json", source, folder.file("a.wav"), "s3://bucket/x"])
        #expect(json.status == 1 && json.messages.contains("c.wav"), "\(json.messages)")
        let summary = try summary(json)
        #expect(summary.jobs == 4 && summary.sent == 0 && !summary.complete && summary.duplicates == 1)
        #expect(summary.audioSeconds == 2 && summary.unknownLengths == 2 && summary.unreadable.count == 1)
    }

    @Test func faultsOfAManifest() async throws {
        let rows = (0..<30).map { "missing-\($0).wav\n" }.joined()
        let manifest = try folder.write(("path\na.wav\n" + rows).utf8, to: "list.tsv")
        let outcome = try await Tool.run(["submit", "--json", "--manifest", manifest, "--brokers", "127.0.0.1:1"])
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("\(manifest):3: there is no file '\(folder.path)/missing-0.wav'"))
        #expect(outcome.messages.contains("and 10 more like these") && outcome.messages.contains("30 problems"))
        #expect(try summary(outcome).problems.count == 30)
    }

    @Test(arguments: [false, true]) func listOnStandardInput(isNullSeparated: Bool) async throws {
        let names = [folder.file("b.wav"), folder.file("a.wav"), "https://x/y.wav"]
        let end = isNullSeparated ? "\0" : "\r\n"
        let list = try folder.write(names.map { $0 + end }.joined().utf8, to: "list")
        let input = try #require(FileHandle(forReadingAtPath: list))
        let outcome = try await Tool.run(
            ["submit", "-", "--dry-run", "--json"] + (isNullSeparated ? ["--null"] : []), input: .file(input))
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(try summary(outcome).jobs == 3)
    }

    @Test func manifestOnStandardInput() async throws {
        let list = try folder.write(#"{"uri": "https://x/y.wav", "duration": 3600}"#.utf8, to: "list")
        let input = try #require(FileHandle(forReadingAtPath: list))
        let outcome = try await Tool.run(
            ["submit", "--manifest", "-", "--manifest-format", "jsonl", "--dry-run"], input: .file(input))
        #expect(outcome.status == 0 && outcome.messages.contains("1 job, 1 h 00 min of audio"), "\(outcome.messages)")
    }

    @Test func interruptedWhileReading() async throws {
        let pipe = Pipe()
        let tool = try RunningTool(["submit", "-", "--brokers", "127.0.0.1:1"], input: .pipe(pipe))
        try await tool.waitFor { !$0.messages.isEmpty }
        tool.send(SIGINT)
        let outcome = try await tool.outcome()
        #expect(outcome.status == 130 && outcome.messages.contains("interrupted: nothing was sent"))
        try pipe.fileHandleForWriting.close()
    }

    @Test func backlogLimitFromTheEnvironmentIsChecked() async throws {
        let outcome = try await Tool.run(
            ["submit", folder.path, "--brokers", "127.0.0.1:1"],
            environment: ["DRAGOMAN_SUBMIT_MAX_BACKLOG": "-9223372036854775808"])
        #expect(outcome.status == 2 && outcome.messages.contains("1 job or more"), "\(outcome.messages)")
    }

    @Test func interruptedSubmitGoesOn() async throws {
        let broker = try await BrokerProcess()
        let arguments = ["submit", folder.path, "--kafka-config", broker.configPath, "--json"]
        let tool = try RunningTool(arguments + ["--max-backlog", "1"])
        while try await jobCount(broker) == 0 { try await Task.sleep(for: .milliseconds(50)) }
        tool.send(SIGINT)
        let interrupted = try await tool.outcome()
        #expect(interrupted.status == 130 && interrupted.messages.contains("1 of 2 jobs"), "\(interrupted.messages)")
        let first = try summary(interrupted)
        #expect(interrupted.messages.contains("--resume") && first.sent == 1)

        let refused = try await Tool.run(arguments)
        #expect(refused.status == 2 && refused.messages.contains("--resume") && refused.output.isEmpty)
        let resumed = try await Tool.run(arguments + ["--resume"])
        let summary = try summary(resumed)
        #expect(resumed.status == 0 && resumed.messages.contains("2 jobs: 1 waiting, 1 sent"))
        #expect(summary.waiting == 1 && summary.sent == 1 && summary.complete && summary.run == 0)
        let again = try await Tool.run(["submit", folder.path, "--kafka-config", broker.configPath])
        #expect(again.messages.contains("2 jobs, all are waiting for a worker: nothing sent"))
        #expect(again.status == 0 && again.output == summary.batchId + "\n")
        #expect(try await jobCount(broker) == 2)
    }

    private func jobCount(_ broker: BrokerProcess) async throws -> Int64 {
        let configuration = try KafkaConfiguration(
            properties: KafkaConfiguration.properties(fromFile: broker.configPath))
        let reader = try KafkaReader(
            configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let count = try await reader.watermarks(of: TopicNames().jobs).values.reduce(0) { $0 + $1.high }
        await reader.close()
        return count
    }
}
