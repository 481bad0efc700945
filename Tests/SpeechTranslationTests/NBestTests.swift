import Checkpoint
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

/// Lists of hypotheses and their scores equal Hugging Face's `num_return_sequences`, `sequences_scores` and
/// `compute_transition_scores` (`Tests/Reference/make_n_best.py`).
@Suite struct NBestTests {
    private struct File: Decodable {
        let cases: [Case]
    }

    struct Case: Decodable, Sendable {
        struct Hypothesis: Decodable, Sendable {
            let sequence: [Int32]
            let score: Float?
            let transitionScores: [Float]
            let text: String
        }

        let checkpoint: String
        let clip: String
        let arguments: GoldenCheckpoint.Arguments
        let hypotheses: [Hypothesis]
    }

    private static let cases: [String: [Case]] = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let file = try? Data(contentsOf: URL(filePath: Fixtures.path("n-best.json")))
        let cases = file.flatMap { try? decoder.decode(File.self, from: $0) }?.cases ?? []
        return Dictionary(grouping: cases, by: \.checkpoint)
    }()

    @Test func theFixtureIsThere() {
        #expect(Self.cases.count == 7 && Self.cases.values.joined().count > 100)
    }

    @Test(arguments: cases.keys.sorted())
    func hypothesesAndScoresAreHuggingFaces(_ name: String) async throws {
        let folder = Fixtures.path(name == "demo-model" ? "demo-model/model" : name)
        let translator = try Translator(checkpoint: Checkpoint(path: folder), threads: 2)
        for item in Self.cases[name] ?? [] {
            var options = item.arguments.options
            options.hypotheses = item.arguments.numBeams
            let translation = try await translator.translate(try samples(item), options: options)
            let all = [translation.best] + translation.alternatives
            #expect(all.map(\.tokens) == item.hypotheses.map { Array($0.sequence.dropFirst()) }, "\(item)")
            #expect(all.map(\.text) == item.hypotheses.map(\.text), "\(item)")
            let forced = try translator.resolve(options).settings
            for (ours, theirs) in zip(all, item.hypotheses) {
                if let score = theirs.score {
                    #expect(abs(ours.beamScore - score) < 1e-4 * max(1, abs(score)), "\(item)")
                }
                let chosen = zip(1..., theirs.transitionScores).filter { forced.forcedToken(length: $0.0) == nil }
                let mean = chosen.isEmpty ? nil : chosen.map(\.1).reduce(0, +) / Float(chosen.count)
                #expect((ours.meanTokenLogprob == nil) == (mean == nil), "\(item)")
                #expect(abs((ours.meanTokenLogprob ?? 0) - (mean ?? 0)) < 1e-4, "\(item)")
            }
            // The rest changes nothing in what is best, and fewer are its beginning.
            options.hypotheses = nil
            let alone = try await translator.translate(try samples(item), options: options)
            #expect(alone.best == translation.best && alone.alternatives.isEmpty)
            guard item.arguments.numBeams ?? 1 > 1 else { continue }
            options.hypotheses = 2
            let two = try await translator.translate(try samples(item), options: options)
            #expect(two.alternatives == Array(translation.alternatives.prefix(1)))
        }
    }

    @Test func moreThanThereAreBeamsIsRefused() throws {
        let translator = try Translator(checkpoint: Checkpoint(path: Fixtures.path("tiny")), threads: 1)
        func message(beams: Int?, hypotheses: Int) -> String? {
            let options = DecodingOptions(beams: beams, hypotheses: hypotheses)
            return #expect(throws: SpeechTranslationError.self) { try translator.validate(options) }?.message
        }
        #expect(message(beams: 3, hypotheses: 4) == "n-best is 4; 3 beams have 1 to 3")
        #expect(message(beams: nil, hypotheses: 6) == "n-best is 6; 5 beams have 1 to 5")
        #expect(message(beams: 1, hypotheses: 2) == "n-best is 2; greedy search (one beam) has one")
        #expect(message(beams: 3, hypotheses: 0) == "n-best is 0; 3 beams have 1 to 3")
        try translator.validate(DecodingOptions(beams: 1, hypotheses: 1))
    }

    private func samples(_ item: Case) throws -> [Float] {
        let (file, tensor) =
            switch item.checkpoint {
            case "demo-model": ("demo-model/golden/\(item.clip).safetensors", "clip")
            case "tiny", "tinywide": ("\(item.checkpoint)/golden.safetensors", "clip.\(item.clip)")
            default: ("variants/clips.safetensors", item.clip)
            }
        return try #require(try GoldenTensors(path: Fixtures.path(file)).floats(tensor))
    }
}

extension Translation {
    /// The best hypothesis, as the others are given.
    fileprivate var best: Alternative {
        Alternative(
            text: text, tokens: tokens, beamScore: beamScore ?? .nan, meanTokenLogprob: meanTokenLogprob)
    }
}
