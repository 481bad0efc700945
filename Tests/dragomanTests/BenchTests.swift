import Foundation
import TestSupport
import Testing

@testable import dragoman

@Suite struct BenchTests {
    private static let brief = [
        "--repetitions", "1", "--seconds", "0.5", "--tokens", "3", "--beams", "2", "--batch", "2",
    ]

    @Test func measuresAModel() async throws {
        let outcome = try await Tool.run(
            ["bench", "--model", DemoModel.checkpoint, "--threads", "1", "--json"] + Self.brief)
        #expect(outcome.status == 0)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: any Sendable])
        for name in [
            "encoder", "linear_layers", "decoder_step", "utterance", "batch_step", "batch", "step_bandwidth_share",
            "linear_peak_share",
        ] {
            let series = try #require(report[name] as? [String: any Sendable], "\(name)")
            #expect(Set(series.keys) == ["median", "least", "most", "values"], "\(name)")
            #expect((series["values"] as? [Double])?.count == 1, "\(name)")
        }
        for name in ["warm_start", "cold_start"] {
            #expect((report[name] as? [String: any Sendable])?.keys.sorted() == ["load", "total"], "\(name)")
        }
        #expect((report["limits"] as? [String: any Sendable])?.count == 4)
        let model = report["model"] as? [String: any Sendable]
        #expect(model?["name"] as? String == "model" && model?["precision"] as? String == "f32")
        let work = report["work"] as? [String: any Sendable]
        #expect(work?["audio_seconds"] as? Double == 0.5 && work?["batch"] as? Int == 2)
        // Of each of two layers six matrices of 192 x 192 and two of 192 x 768; 854 tokens.
        #expect(report["step_bytes"] as? Int == 4 * (2 * (6 * 192 * 192 + 2 * 192 * 768) + 854 * 192))
    }

    @Test func printsATableForARecording() async throws {
        let clip = DemoModel.samplesFolder + "/it-menardi-conf-unlockednow.wav"
        let arguments = ["--repetitions", "1", "--clip", clip, "--tokens", "3", "--batch", "2"]
        let outcome = try await Tool.run(["bench", "--model", DemoModel.checkpoint] + arguments)
        #expect(outcome.status == 0)
        for name in ["encoder", "decoder step", "2 whole utterances", "start, model on disk", "memory bandwidth"] {
            #expect(outcome.lines.contains { $0.hasPrefix(name) }, "\(name)")
        }
        #expect(outcome.messages.contains("opening the model"))
    }

    @Test func aModelThatIsNotThereIsNamed() async throws {
        let outcome = try await Tool.run(["bench", "--model", "/nowhere/model"] + Self.brief)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty && outcome.messages.contains("/nowhere/model"))
    }

    @Test(arguments: [
        ["--repetitions", "0"], ["--batch", "0"], ["--tokens", "0"], ["--seconds", "nan"],
        ["--seconds", "1", "--clip", "a.wav"],
    ])
    func refusesOptionsOutOfRange(_ options: [String]) async throws {
        let outcome = try await Tool.run(["bench", "--model", DemoModel.checkpoint] + options)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
    }

    @Test func stopsWhenInterrupted() async throws {
        let tool = try RunningTool(["bench", "--model", DemoModel.checkpoint, "--repetitions", "1000"])
        try await tool.waitFor { $0.messages.contains("opening the model") }
        tool.send(SIGINT)
        let outcome = try await tool.outcome()
        #expect(outcome.status == 130, "\(outcome.messages)")
    }

    @Test func medians() {
        #expect(Series([3, 1, 2]).median == 2)
        #expect(Series([4, 1, 2, 3]).median == 2.5)
        #expect(Series([2, 1]).least == 1 && Series([2, 1]).most == 2)
    }
}
