import Foundation
import TestSupport
import Testing

/// Recordings that are cut, from the command line.
@Suite(.timeLimit(.minutes(12))) struct LongRecordingTests {
    private struct Report: Decodable {
        struct Stretch: Decodable {
            let start: Double
            let end: Double
        }

        let seconds: Double
        let speech: [Stretch]
        let segments: [Stretch]
        let probabilities: [Double]?
    }

    private struct Line: Decodable {
        struct Segment: Decodable {
            let start: Double
            let end: Double
            let text: String
            let remarks: [String]
        }

        let status: String
        let text: String
        let segments: [Segment]?
    }

    private struct Cue: Decodable {
        let start: Int
        let end: Int
        let text: String
    }

    private static let names = [
        "it-menardi-conf-unlockednow", "es-allison-conf-extended", "fr-june-conf-nonextended",
        "ru-ivrvoice-confbridge-muted", "es-allison-vm-saveoper", "it-carlo-vm-sorry", "fr-june-vm-invalidpassword",
    ]
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// Seven recordings at 8 kHz, with two seconds between them.
    private func recording() throws -> String {
        var data: [UInt8] = []
        for name in Self.names {
            let file = try Data(contentsOf: URL(filePath: "\(DemoModel.samplesFolder)/\(name).wav"))
            data += file.dropFirst(44)
            data += [UInt8](repeating: 0, count: 2 * 16_000)
        }
        return try folder.write(WaveFile(.pcm, bits: 16, rate: 8000, data: data).bytes, to: "long.wav")
    }

    @Test func whereSomebodySpeaks() async throws {
        let path = try recording()
        let outcome = try await Tool.run(["segment", "--json", "--probabilities", path])
        #expect(outcome.status == 0)
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(report.segments.count == Self.names.count && report.speech.count >= Self.names.count)
        #expect(report.probabilities?.count == Int((report.seconds / 0.032).rounded(.up)))
        let plain = try await Tool.run(["segment", path])
        #expect(
            plain.lines.count == Self.names.count && plain.lines.allSatisfy { $0.split(separator: "\t").count == 5 })
        let wrong = try await Tool.run(["segment", "--probabilities", path])
        #expect(wrong.status == 2)
        let options = try await Tool.run(["segment", "--max-segment", "100", path])
        #expect(options.status == 2 && options.messages.contains("max length"))
        let missing = try await Tool.run(["segment", folder.file("missing.wav"), path])
        #expect(missing.status == 1 && missing.lines.count == Self.names.count)
    }

    @Test func aLongRecordingHasTheTextsOfItsParts() async throws {
        let path = try recording()
        let parts = Self.names.map { "\(DemoModel.samplesFolder)/\($0).wav" }
        let alone = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--json"] + parts)
        let texts = try ParsedLine.parse(alone.lines).map(\.text)
        let outcome = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--json", path])
        let line = try JSONDecoder().decode(Line.self, from: Data(outcome.output.utf8))
        let segments = try #require(line.segments)
        #expect(line.status == "OK" && segments.count == texts.count)
        #expect(line.text == segments.map(\.text).joined(separator: " "))
        // Silence around it may change a word.
        let same = zip(segments.map(\.text), texts).count { $0 == $1 }
        #expect(same >= 5, "\(segments.map(\.text)) \(texts)")
        #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.end <= $1.start })
    }

    @Test(arguments: ["srt", "vtt"])
    func subtitlesThatOthersRead(format: String) async throws {
        let path = try recording()
        let arguments = ["translate", "--model", DemoModel.checkpoint, "--beams", "1", "--format", format]
        let outcome = try await Tool.run(arguments + ["--output-dir", folder.file("out"), path])
        #expect(outcome.status == 0)
        let file = folder.file("out/long.\(format)")
        let shown = try await Tool.run(arguments + [path])
        #expect(try shown.output == String(contentsOfFile: file, encoding: .utf8))
        let script = Fixtures.root.appending(path: "Tests/Clients/subtitles.py").path(percentEncoded: false)
        let parsed = try await Program.run(try TestRequirement.variable("DRAGOMAN_TEST_PYTHON"), [script, file])
        #expect(parsed.status == 0, "\(parsed.messages)")
        let cues = try JSONDecoder().decode([Cue].self, from: Data(parsed.output.utf8))
        #expect(cues.count >= Self.names.count)
        #expect(cues.allSatisfy { $0.start < $0.end && !$0.text.isEmpty })
        #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end <= $1.start })
        let lines = cues.flatMap { $0.text.split(separator: "\n") }
        #expect(lines.allSatisfy { $0.count <= 42 } && cues.allSatisfy { $0.text.split(separator: "\n").count <= 2 })
    }

    @Test func tablesAndSeveralFiles() async throws {
        let path = try recording()
        let arguments = ["translate", "--model", DemoModel.checkpoint, "--beams", "1", "--format", "tsv"]
        let table = try await Tool.run(arguments + [path])
        #expect(table.lines.count == Self.names.count + 1 && table.lines.first == "start\tend\ttext")
        let several = try await Tool.run(arguments + [path, path])
        #expect(several.status == 2 && several.messages.contains("--output-dir"))
    }

    @Test func nobodySpeaks() async throws {
        let silence = try folder.write(WaveFile([Int16](repeating: 0, count: 16_000 * 25)).bytes, to: "silence.wav")
        let long = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--json", silence])
        #expect(try ParsedLine.parse(long.lines).map(\.status) == ["NO_SPEECH"] && long.status == 0)
        #expect(long.messages.contains("nobody speaks"))
        let short = try folder.write(WaveFile([Int16](repeating: 0, count: 16_000)).bytes, to: "short.wav")
        let asked = try await Tool.run(
            ["translate", "--model", DemoModel.checkpoint, "--json", "--segmentation", "pauses", short])
        #expect(try ParsedLine.parse(asked.lines).map(\.status) == ["NO_SPEECH"])
        let flagged = try await Tool.run(["translate", "--model", DemoModel.checkpoint, "--json", short])
        let line = try JSONDecoder().decode(Line.self, from: Data(flagged.output.utf8))
        #expect(line.status == "OK" && line.segments?.map(\.remarks) == [["NON_SPEECH"]])
    }
}
