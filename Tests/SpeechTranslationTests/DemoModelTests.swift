import Audio
import Checkpoint
import Compute
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

/// Recorded speech through the demonstration model: from audio files to the ids and texts that Hugging Face gives.
@Suite struct DemoModelTests {
    struct Sample: Decodable, Sendable {
        let path: String
        let greedy: [Int32]
        let beam5: [Int32]
        let beam5Score: Float
        let samplesAt16K: Int
    }

    static let directory = Fixtures.path("demo-model")

    static func samples() throws -> [Sample] {
        let data = try Data(contentsOf: URL(filePath: directory + "/samples/token-ids.json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Sample].self, from: data)
    }

    @Test(arguments: InstructionSet.available)
    func recordedSpeechGivesHuggingFacesTokens(_ set: InstructionSet) async throws {
        let translator = try Translator(
            checkpoint: Checkpoint(path: Self.directory + "/model"), threads: 2,
            environment: ["DRAGOMAN_CPU": set.rawValue])
        let samples = try Self.samples()
        #expect(samples.count >= 24)
        let clips = try samples.map {
            try AudioDecoder().decode(path: Self.directory + "/samples/" + $0.path).samples
        }
        #expect(clips.map(\.count) == samples.map(\.samplesAt16K))
        let greedy = try await translator.translate(clips, options: DecodingOptions(beams: 1))
        let beam = try await translator.translate(clips, options: DecodingOptions(beams: 5))
        for (index, sample) in samples.enumerated() {
            #expect(greedy[index].tokens == sample.greedy, "\(sample.path), greedy")
            #expect(beam[index].tokens == sample.beam5, "\(sample.path), beam 5")
            #expect(abs((beam[index].beamScore ?? .nan) - sample.beam5Score) < 1e-4, "\(sample.path)")
        }
    }

    @Test(arguments: [
        "es-allison-vm-saveoper", "fr-june-confbridge-lock-no-join", "ru-ivrvoice-confbridge-muted",
    ])
    func theEncoderMatches(_ name: String) throws {
        let golden = try GoldenTensors(path: Self.directory + "/golden/\(name).safetensors")
        let model = try TranslationModel(Checkpoint(path: Self.directory + "/model"))
        let compute = try ComputeContext(threads: 2, instructionSet: .select(environment: [:]))
        let encoded = try model.encode([try #require(golden.floats("clip"))], compute)[0].matrix.elements()
        let expected = try #require(golden.floats("encoder_output"))
        #expect(encoded.largestDifference(to: expected) < 1e-4)
    }

    @Test func theFirstStagesMatch() throws {
        let golden = try GoldenTensors(path: Self.directory + "/golden/ru-ivrvoice-confbridge-muted.safetensors")
        let compute = try ComputeContext(threads: 2, instructionSet: .select(environment: [:]))
        let normalized = AudioNormalizer.normalize(try #require(golden.floats("clip")))
        let input = try #require(golden.floats("input_values"))
        #expect(normalized.largestDifference(to: input) < 1e-5)
        let extractor = try FeatureExtractor(Checkpoint(path: Self.directory + "/model"))
        let features = Matrix(rows: extractor.frameCount(samples: normalized.count), columns: extractor.channels)
        try extractor.extract(normalized, into: features.pointer, compute)
        let expected = try #require(golden.floats("conv_features"))
        #expect(features.elements().largestDifference(to: expected) < 1e-4)
    }
}
