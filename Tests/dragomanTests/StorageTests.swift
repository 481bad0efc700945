import Foundation
import Jobs
import TestSupport
import Testing

/// Recordings in object storage, from the submit to the results there.
@Suite(.timeLimit(.minutes(9))) struct StorageTests {
    private let endpoint: String
    private let place = "test-\(UUID().uuidString.lowercased())"
    private let folder: TemporaryDirectory

    init() throws {
        endpoint = try TestRequirement.variable("DRAGOMAN_TEST_S3")
        folder = try TemporaryDirectory()
    }

    private static let keys = ["AWS_ACCESS_KEY_ID": "testkey", "AWS_SECRET_ACCESS_KEY": "testsecret123"]

    /// Somebody else's client.
    private func curl(_ arguments: [String]) async throws -> Tool.Outcome {
        let outcome = try await Program.run(
            TestRequirement.program("curl"),
            ["-sSf", "--aws-sigv4", "aws:amz:us-east-1:s3", "-u", "testkey:testsecret123"] + arguments)
        #expect(outcome.status == 0, "\(outcome.messages)")
        return outcome
    }

    private func startWorker(_ fleet: TestFleet, _ name: String) throws -> WorkerProcess {
        let tool = try RunningTool(
            [
                "worker", "--model", DemoModel.checkpoint, "--name", name, "--log-format", "json", "--log-level",
                "debug",
                "--s3-endpoint", endpoint, "--audio-cache", folder.file("cache"), "--output",
                "s3://audio/\(place)/out/{batch_id}/{job_id}.json",
            ] + fleet.connection, environment: Self.keys)
        return WorkerProcess(tool)
    }

    /// Two workers share a cache; one is killed again and again, and comes back.
    @Test func thereAndBack() async throws {
        let samples = try DemoModel.samples()
        for sample in samples {
            let name = URL(filePath: sample.path).lastPathComponent
            _ = try await curl(["-T", sample.path, "\(endpoint)/audio/\(place)/calls/\(name)"])
        }
        _ = try await curl(["-T", samples[0].path, "\(endpoint)/audio/\(place)/calls/notes.txt"])
        let noAudio = try folder.write("no recording at all".utf8, to: "no.wav")
        _ = try await curl(["-T", noAudio, "\(endpoint)/audio/\(place)/broken/no.wav"])
        let fleet = try await TestFleet(.embedded)
        let steady = try startWorker(fleet, "steady")
        let killing = Task {
            for number in 0..<6 {
                let victim = try startWorker(fleet, "victim-\(number)")
                try await Task.sleep(for: .milliseconds(1_200))
                victim.tool.send(SIGKILL)
                _ = try await victim.tool.outcome()
            }
        }
        let submit = ["submit", "s3://audio/\(place)/calls/", "--s3-endpoint", endpoint]
        let submitted = try await Tool.run(submit + fleet.connection, environment: Self.keys)
        #expect(submitted.status == 0, "\(submitted.messages)")
        let batch = submitted.output.trimmingCharacters(in: .newlines)
        let gathered = try await fleet.run(["gather", batch, "--timeout", "280"])
        #expect(gathered.status == 0, "\(gathered.messages)")
        let lines = try ParsedLine.parse(gathered.lines)
        #expect(lines.count == samples.count)
        let texts = Dictionary(
            uniqueKeysWithValues: samples.map { (URL(filePath: $0.path).lastPathComponent, $0.beamText) })
        for line in lines {
            let name = String(line.file.split(separator: "/").last ?? "")
            #expect(line.text == texts[name])
            let written = try await curl(["\(endpoint)/audio/\(place)/out/\(batch)/\(line.jobID ?? "").json"])
            let result = try MessageCodec.decode(
                TranslationResult.self, from: Array(written.output.utf8), format: .json)
            #expect(result.text == line.text && result.jobID == line.jobID && result.batchID == batch)
        }
        try await killing.value
        let broken = try await fleet.run(["submit", "s3://audio/\(place)/broken/no.wav"])
        let told = try await fleet.run(
            ["gather", broken.output.trimmingCharacters(in: .newlines), "--timeout", "280"])
        #expect(told.status == 1 && told.output.contains("s3://audio/\(place)/broken/no.wav: "), "\(told.output)")
        #expect(!told.output.contains(folder.path))
        steady.tool.send(SIGTERM)
        #expect(try await steady.tool.outcome().status == 0)

        // Nothing in the cache is torn: whatever is there is one of the recordings.
        let paths = samples.map(\.path) + [noAudio]
        let recordings = Set(try paths.map { try Data(contentsOf: URL(filePath: $0)) })
        let cached = try FileManager.default.contentsOfDirectory(atPath: folder.file("cache")).filter { $0.count == 81 }
        #expect(cached.count == paths.count)
        for file in cached {
            #expect(recordings.contains(try Data(contentsOf: URL(filePath: folder.file("cache/\(file)")))))
        }
    }

    @Test func whatIsWrongIsSaid() async throws {
        let empty = try await Tool.run(
            ["submit", "--dry-run", "s3://audio/\(place)/", "--s3-endpoint", endpoint], environment: Self.keys)
        #expect(empty.status == 2 && empty.messages.contains("no recordings"), "\(empty.messages)")
        let wrong = try await Tool.run(
            ["submit", "--dry-run", "s3://audio/\(place)/", "--s3-endpoint", endpoint],
            environment: Self.keys.merging(["AWS_SECRET_ACCESS_KEY": "wrong"]) { $1 })
        #expect(wrong.status == 2 && wrong.messages.contains("SignatureDoesNotMatch"), "\(wrong.messages)")
        let doctor = try await Tool.run(["doctor", "--s3-endpoint", endpoint], environment: Self.keys)
        #expect(doctor.output.contains("there are keys"))
        let nothing = try await Tool.run(["worker", "--model", DemoModel.checkpoint, "--brokers", "127.0.0.1:1"])
        #expect(nothing.status == 2 && nothing.messages.contains("--http-host"), "\(nothing.messages)")
        let output = try await Tool.run(
            [
                "worker", "--model", DemoModel.checkpoint, "--brokers", "127.0.0.1:1", "--audio-root", "/tmp",
                "--output", "x",
            ])
        #expect(output.status == 2 && output.messages.contains("{job_id}"), "\(output.messages)")
    }
}
