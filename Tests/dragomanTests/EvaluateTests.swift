import Coordinator
import Evaluation
import Foundation
import Jobs
import Kafka
import Logging
import TestSupport
import Testing

@testable import dragoman

/// `dragoman evaluate` on the demonstration's recordings, whose translations by Hugging Face have known scores.
@Suite(.timeLimit(.minutes(6))) struct EvaluateTests {
    private struct Scores: Decodable {
        struct Score: Decodable {
            let score: Double
        }

        let bleu: [String: Score]
        let chrf: [String: Score]
    }

    private static let manifest = DemoModel.samplesFolder + "/samples.tsv"

    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func evaluate(_ output: String, _ arguments: [String], manifest: String = manifest) async throws
        -> Tool.Outcome
    {
        try await Tool.run(["evaluate", manifest, "--target", "en", "-o", folder.file(output)] + arguments)
    }

    /// The report as JSON, without its times.
    private func report(_ output: String) throws -> [String: Any] {
        let json = try Data(contentsOf: URL(filePath: folder.file("\(output)/report.json")))
        var report = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let times = try #require(report.removeValue(forKey: "times") as? [String: Any])
        #expect((times["audio_seconds"] as? Double ?? 0) > 20 && (times["real_time_factor"] as? Double ?? 0) > 0)
        return report
    }

    private func lines(_ output: String) throws -> [Substring] {
        try String(contentsOfFile: folder.file("\(output)/results.jsonl"), encoding: .utf8).split(separator: "\n")
    }

    private static let local = ["--model", DemoModel.checkpoint, "--threads", "1"]

    /// One language for all makes one corpus, for which sacreBLEU's scores of Hugging Face's texts are known.
    @Test(arguments: [5, 1])
    func scoresAreThoseOfHuggingFacesTexts(beams: Int) async throws {
        let table = try String(contentsOfFile: Self.manifest, encoding: .utf8)
            .replacingOccurrences(of: "path\tlanguage", with: "path\tspoken")
        let manifest = try folder.write(table.utf8, to: "samples.tsv")
        let outcome = try await evaluate(
            "out",
            Self.local + ["--source", "fr", "--clips", DemoModel.samplesFolder, "--beams", "\(beams)", "--json"],
            manifest: manifest)
        #expect(outcome.status == 0, "\(outcome.messages)")
        let report = try report("out")
        let direction = try #require((report["directions"] as? [[String: Any]])?.first)
        let goldens = try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(filePath: Fixtures.path("scores/golden.json")))) as? [String: Any])
        let demo = try #require((goldens["demo"] as? [String: Any])?[beams == 5 ? "hf_beam5" : "hf_greedy"])
        let expected = try JSONDecoder().decode(Scores.self, from: JSONSerialization.data(withJSONObject: demo))
        let (bleu, chrf2) = (direction["bleu"] as? Double ?? .nan, direction["chrf2"] as? Double ?? .nan)
        #expect(abs(bleu - (expected.bleu["13a"]?.score ?? .nan)) < 1e-9)
        #expect(abs(chrf2 - (expected.chrf["default"]?.score ?? .nan)) < 1e-9)
        let printed = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        #expect(printed["segments"] as? Int == report["segments"] as? Int)
    }

    @Test func throughTheFleetIsTheSame() async throws {
        let fleet = try await TestFleet(.embedded)
        let workers = try (1...2).map { try fleet.startWorker("w\($0)") }
        let fleets = try await evaluate("fleet", ["--through-fleet", "--timeout", "280"] + fleet.connection)
        #expect(fleets.status == 0, "\(fleets.messages)")
        let locals = try await evaluate("local", Self.local)
        #expect(locals.status == 0 && locals.output == fleets.output, "\(locals.messages)")
        let (local, remote) = (try report("local"), try report("fleet"))
        #expect(local as NSDictionary == remote as NSDictionary)
        #expect((local["directions"] as? [Any])?.count == 4 && locals.output.contains("fr-en"))
        for output in ["local", "fleet"] {
            let text = try String(contentsOfFile: folder.file("\(output)/report.md"), encoding: .utf8)
            #expect(text.hasPrefix("# Evaluation of model\n") && text.contains("| Russian into English (ru-en) |"))
            #expect(try String(contentsOfFile: folder.file("\(output)/report.svg"), encoding: .utf8).hasPrefix("<svg"))
        }
        // The folder is the batch: nothing is sent twice, and nothing need be.
        let before = workers.flatMap(\.finished).count
        let again = try await evaluate("fleet", ["--through-fleet", "--timeout", "280"] + fleet.connection)
        #expect(again.status == 0 && again.output == fleets.output)
        let count = try DemoModel.samples().count
        #expect(workers.flatMap(\.finished).count == before && before == count)
    }

    /// What the fleet has done is in the file though the rest takes longer.
    @Test func resultsAreWrittenAsTheyCome() async throws {
        let fleet = try await TestFleet(.embedded)
        let clips = try DemoModel.copies(60)
        let names = try FileManager.default.contentsOfDirectory(atPath: clips.path).sorted()
        let text = "path\tsource\ttarget\treference\n" + names.map { "\($0)\tfr\ten\tx\n" }.joined()
        let items = try EvaluationManifest(path: clips.write(text.utf8, to: "m.tsv")).items
        let worker = try fleet.startWorker("w", roots: [clips.path])
        let pausing = Task {
            try await worker.tool.waitFor { _ in !worker.finished.isEmpty }
            worker.tool.send(SIGSTOP)
        }
        let configuration = try KafkaConfiguration(
            properties: KafkaConfiguration.properties(fromFile: fleet.connection[1]))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let evaluation = FleetEvaluation(
            submitter: Submitter(
                kafka: configuration, topics: try TopicNames(), group: fleet.group, format: .protobuf, logger: logger),
            gatherer: Gatherer(kafka: configuration, topics: try TopicNames(), group: fleet.group, logger: logger),
            decoding: JobDecoding(), lane: .bulk, timeout: .seconds(280), display: ProgressDisplay(isEnabled: false),
            isQuiet: true, interval: .milliseconds(500))
        let evaluationFolder = try EvaluationFolder(path: folder.file("out"))
        async let outcome = evaluation.run(items, folder: evaluationFolder)
        try await pausing.value
        // It could not be complete now, unless the worker was faster than its log.
        _ = try await waitFor(60) { (try? lines("out").count) ?? 0 > 1 ? true : nil }
        worker.tool.send(SIGCONT)
        let (results, ending) = try await outcome
        #expect(ending == .complete && results.records.count == items.count)
        #expect(try lines("out").count == items.count + 1)
    }

    @Test func goesOnWhereItWasInterrupted() async throws {
        #expect(try await evaluate("whole", Self.local).status == 0)
        #expect(try await evaluate("parts", Self.local + ["--limit", "2"]).status == 0)
        let first = try lines("parts")
        #expect(first.count == 1 + 8)
        // As a process leaves it that dies while it writes.
        let path = folder.file("parts/results.jsonl")
        try Data((first.dropLast().joined(separator: "\n") + "\n" + first[8].prefix(40)).utf8).write(
            to: URL(filePath: path))
        #expect(try await evaluate("parts", Self.local).status == 0)
        let all = try lines("parts")
        #expect(Array(all.prefix(8)) == Array(first.prefix(8)) && Set(all).count == all.count)
        let (whole, wholeReport, partsReport) = (try lines("whole"), try report("whole"), try report("parts"))
        #expect(all.count == whole.count && partsReport as NSDictionary == wholeReport as NSDictionary)
        let otherwise = try await evaluate("parts", Self.local + ["--beams", "2"])
        #expect(otherwise.status == 1 && otherwise.messages.contains("made with the checkpoint's own settings"))
    }

    @Test func whatFailedCountsAndIsTriedAgain() async throws {
        let clips = try TemporaryDirectory()
        let name = "it-menardi-conf-unlockednow.wav"
        let text = "path\ttranslation\n\(name)\tThe conference is now unlocked.\nlater.wav\tLater.\n"
        let manifest = try folder.write(text.utf8, to: "covost_v2.it_en.test.tsv")
        try FileManager.default.copyItem(atPath: DemoModel.samplesFolder + "/" + name, toPath: clips.file(name))
        let arguments = Self.local + ["--clips", clips.path]
        let failed = try await evaluate("out", arguments, manifest: manifest)
        #expect(failed.status == 1 && failed.messages.contains("1 of 2 recordings failed"))
        let report = try String(contentsOfFile: folder.file("out/report.md"), encoding: .utf8)
        #expect(report.contains("| Italian into English (it-en) | 2 | 1 |") && report.contains("AUDIO\\_NOT\\_FOUND"))
        try FileManager.default.copyItem(atPath: clips.file(name), toPath: clips.file("later.wav"))
        #expect(try await evaluate("out", arguments, manifest: manifest).status == 0)
        #expect(try lines("out").count == 4)
    }

    @Test func twoSystems() async throws {
        #expect(try await evaluate("beams", Self.local + ["--limit", "3"]).status == 0)
        let models = try await evaluate(
            "models", Self.local + ["--limit", "3", "--beams", "1", "--baseline", DemoModel.checkpoint])
        #expect(models.status == 0 && models.output.contains("BASELINE"), "\(models.messages)")
        let files = try await evaluate(
            "files", ["--limit", "3", "--results", folder.file("models"), "--baseline", folder.file("beams")])
        #expect(files.status == 0, "\(files.messages)")
        let report = try report("files")
        let directions = try #require(report["directions"] as? [[String: Any]])
        #expect(directions.allSatisfy { ($0["bleu_comparison"] as? [String: Any])?["p_value"] is Double })
        #expect((report["baseline"] as? [String: Any])?["name"] as? String == "beams (baseline)")
        #expect((report["system"] as? [String: Any])?["decoding"] as? [String: String] == ["beams": "1"])
    }

    @Test func manifestsThatAreWrong() async throws {
        let manifest = try folder.write("path\ttranslation\na.wav\n".utf8, to: "m.tsv")
        let outcome = try await evaluate("out", Self.local + ["--source", "fr"], manifest: manifest)
        #expect(outcome.status == 2 && outcome.messages.contains("m.tsv, line 2: expected 2 fields"))
    }

    @Test(arguments: [
        ["--through-fleet", "--results", "x"], ["--model", "x", "--results", "y"], ["--limit", "0"],
        ["--worst", "-1"], ["--model", DemoModel.checkpoint, "--target", "de"],
    ])
    func wrongOptions(options: [String]) async throws {
        let outcome = try await Tool.run(["evaluate", Self.manifest, "-o", folder.file("out")] + options)
        #expect(outcome.status != 0 && outcome.output.isEmpty, "\(outcome.messages)")
        #expect(!FileManager.default.fileExists(atPath: folder.file("out/report.md")))
    }
}
