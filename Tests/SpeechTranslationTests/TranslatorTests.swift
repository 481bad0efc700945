import Checkpoint
import Compute
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

@Suite struct TranslatorTests {
    private func translator(_ name: String, threads: Int = 2) throws -> Translator {
        try Translator(checkpoint: Checkpoint(path: Fixtures.path(name)), threads: threads)
    }

    @Test(arguments: ["tiny", "tinywide", "variants/beam-search"], [1, 4])
    func togetherGivesWhatEachGivesAlone(_ name: String, beams: Int) async throws {
        let golden = try GoldenCheckpoint(name)
        let translator = try translator(name)
        let clips = golden.cases.prefix(8).map(golden.samples)
        // Lengths from too short over one frame to seconds, more rows than one step takes.
        let utterances =
            clips + clips.enumerated().map { Array($1.prefix(400 + 1777 * $0)) } + [[], Array(clips[0].prefix(399))]
        let options = DecodingOptions(beams: beams, maxLength: 12)
        let together = try await translator.translate(utterances, options: options)
        for (utterance, translation) in zip(utterances, together) {
            var alone = try await translator.translate(utterance, options: options)
            alone.timings = translation.timings
            #expect(alone == translation)
        }
    }

    /// Tasks come when they like, with options of their own, and some are called off on the way.
    @Test(arguments: 1...8) func comingAndGoingChangesNothing(seed: UInt64) async throws {
        let golden = try GoldenCheckpoint("tinywide")
        let translator = try translator("tinywide")
        let clips = golden.cases.map(golden.samples)
        let options = [1, 2, 5].map { DecodingOptions(beams: $0, maxLength: 16) }
        var expected: [[Translation]] = []
        for clip in clips {
            var row: [Translation] = []
            for option in options { row.append(try await translator.translate(clip, options: option)) }
            expected.append(row)
        }

        var random = SplitMix64(seed: seed)
        try await withThrowingTaskGroup(of: (clip: Int, option: Int, result: Translation?).self) { group in
            for _ in 0..<40 {
                let (clip, option) = (
                    Int.random(in: clips.indices, using: &random), Int.random(in: 0..<3, using: &random)
                )
                let delay = Duration.microseconds(Int.random(in: 0..<3000, using: &random))
                let patience = Int.random(in: 0..<4, using: &random) == 0 ? delay : nil
                group.addTask { [clips, options] in
                    let task = Task {
                        try await Task.sleep(for: delay)
                        return try await translator.translate(clips[clip], options: options[option])
                    }
                    if let patience {
                        try await Task.sleep(for: patience * 2)
                        task.cancel()
                    }
                    do {
                        return (clip, option, try await task.value)
                    } catch is CancellationError where patience != nil {
                        return (clip, option, nil)
                    }
                }
            }
            for try await (clip, option, result) in group {
                guard var result else { continue }
                result.timings = expected[clip][option].timings
                #expect(result == expected[clip][option])
            }
        }
    }

    /// However little fits: it only takes longer.
    @Test(arguments: [DecodingLimits(rows: 1), DecodingLimits(memory: 1), DecodingLimits(rows: 7, memory: 50_000)])
    func limitsChangeNothing(_ limits: DecodingLimits) async throws {
        let golden = try GoldenCheckpoint("tinywide")
        let checkpoint = try Checkpoint(path: golden.path)
        let clips = golden.cases.prefix(4).map(golden.samples)
        let options = DecodingOptions(beams: 3, maxLength: 12)
        var expected = try await Translator(checkpoint: checkpoint, threads: 1).translate(clips, options: options)
        let limited = try Translator(checkpoint: checkpoint, threads: 1, limits: limits)
        let actual = try await limited.translate(clips, options: options)
        for index in expected.indices { expected[index].timings = actual[index].timings }
        #expect(actual == expected)
    }

    @Test func theThreadCountDoesNotMatter() async throws {
        let golden = try GoldenCheckpoint("tinywide")
        var translations: [Translation] = []
        for threads in [1, 2, 3] {
            var translation = try await translator("tinywide", threads: threads)
                .translate(golden.samples(golden.cases[0]), options: DecodingOptions(beams: 3))
            translation.timings = .init(encodeSeconds: 0, generateSeconds: 0)
            translations.append(translation)
        }
        #expect(translations[0] == translations[1])
        #expect(translations[0] == translations[2])
    }

    @Test(arguments: [
        (DecodingOptions(beams: 0), "beams"), (DecodingOptions(beams: 1000), "beams"),
        (DecodingOptions(maxLength: 1), "max-length"), (DecodingOptions(maxLength: 100_000), "max-length"),
        (DecodingOptions(maxNewTokens: 0), "max-new-tokens"),
        (DecodingOptions(maxNewTokens: .max), "max-new-tokens"),
        (DecodingOptions(lengthPenalty: .nan), "length-penalty"),
        (DecodingOptions(noRepeatNgramSize: -1), "no-repeat-ngram-size"),
        (DecodingOptions(target: "de"), "en"), (DecodingOptions(target: "klingon"), "en"),
        (DecodingOptions(target: "99999999999"), "99999999999"),
    ])
    func aWrongOptionIsNamed(_ options: DecodingOptions, _ word: String) async throws {
        let translator = try translator("tiny")
        let error = #expect(throws: SpeechTranslationError.self) { try translator.validate(options) }
        #expect(error?.message.contains(word) == true)
        await #expect(throws: SpeechTranslationError.self) {
            try await translator.translate([0], options: options)
        }
    }

    @Test func scoresAreLogProbabilities() async throws {
        let golden = try GoldenCheckpoint("tiny")
        let samples = golden.samples(golden.cases[0])
        let translator = try translator("tiny")
        for beams in [1, 5] {
            let result = try await translator.translate(
                samples, options: DecodingOptions(beams: beams, lengthPenalty: 1))
            let score = try #require(result.beamScore)
            let mean = try #require(result.meanTokenLogprob)
            #expect(score < 0 && mean < 0)
            // The language is forced; so is the end of a sequence that reached the longest length.
            let forced = result.tokens.count == 39 ? 2 : 1
            let sum = score * Float(result.tokens.count)
            #expect(abs(mean * Float(result.tokens.count - forced) - sum) < 1e-3)
        }
    }

    @Test func aCancelledTaskStops() async throws {
        let golden = try GoldenCheckpoint("tiny")
        let translator = try translator("tiny")
        let utterances = Array(repeating: golden.samples(golden.cases[0]), count: 200)
        let task = Task { try await translator.translate(utterances, options: .init()) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func progressRisesWithTheWork() async throws {
        let golden = try GoldenCheckpoint("tiny")
        let translator = try translator("tiny")
        #expect(translator.progress == 0)
        let samples = golden.samples(golden.cases[0])
        let translation = try await translator.translate(samples, options: DecodingOptions(beams: 1))
        // The last step may not have been counted when its answer is there.
        let least = translator.checkpoint.configuration.encoder.layers + translation.tokens.count - 1
        #expect(translator.progress >= UInt64(least))
    }

    @Test func weightsThatAreNoNumbersAreAnError() async throws {
        let golden = try GoldenCheckpoint("tiny")
        let folder = try TemporaryDirectory()
        for name in ["config.json", "generation_config.json", "preprocessor_config.json", "sentencepiece.bpe.model"] {
            try folder.write(Data(contentsOf: URL(filePath: golden.path + "/" + name)), to: name)
        }
        var weights = try Data(contentsOf: URL(filePath: golden.path + "/model.safetensors"))
        let norm = try GoldenTensors(path: golden.path + "/model.safetensors")
            .byteRange("decoder.model.decoder.layer_norm.weight")
        let start = try #require(norm).lowerBound
        withUnsafeBytes(of: Float.nan) { weights.replaceSubrange(start..<start + 4, with: $0) }
        try folder.write(weights, to: "model.safetensors")
        let translator = try Translator(checkpoint: Checkpoint(path: folder.path), threads: 1)
        let error = await #expect(throws: SpeechTranslationError.self) {
            try await translator.translate(golden.samples(golden.cases[0]))
        }
        #expect(error?.code == .notFinite)
    }
}
