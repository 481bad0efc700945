import Audio
import Checkpoint
import Compute
import TestSupport
import Testing

@testable import SpeechTranslation

/// The looks into the network that accuracy is measured with.
@Suite struct InspectionTests {
    private static let model = Fixtures.path("demo-model/model")

    /// Every stage is seen once, and the logits are those that greedy search decides by.
    @Test func statesOfEveryStage() async throws {
        let translator = try Translator(checkpoint: Checkpoint(path: Self.model), threads: 1)
        let path = try #require(try DemoModelTests.samples().first).path
        let samples = try AudioDecoder().decode(path: DemoModelTests.directory + "/samples/" + path).samples
        let (utterance, encoder) = try await translator.inspectEncoder(samples)
        #expect(
            encoder.map(\.stage)
                == [.features, .projectedFeatures, .positions] + (0..<4).map(NetworkStage.encoderLayer)
                + [.encoderNorm, .adapter])
        #expect(encoder.last?.values == utterance.frames.matrix.elements())

        let tokens = try await translator.generate(utterance, beams: 1, tokens: 6)
        let decoder = try await translator.inspectDecoder(utterance, tokens: tokens)
        #expect(
            decoder.map(\.stage)
                == [.embedding] + (0..<2).map(NetworkStage.decoderLayer) + [.decoderNorm, .logits])
        let logits = try #require(decoder.last)
        #expect(logits.values.count == tokens.count * logits.width)
        // The first and the last token are forced.
        for (row, token) in tokens.enumerated().dropFirst().dropLast() {
            let scores = logits.values[row * logits.width..<(row + 1) * logits.width]
            #expect(scores.enumerated().max { $0.element < $1.element }.map { Int32($0.offset) } == token)
        }
    }

    @Test func matricesStoredOtherwise() throws {
        let folder = try TemporaryDirectory()
        let path = folder.file("model.dragoman")
        let converter = ModelConverter(try Checkpoint(path: Self.model), precision: .bfloat16) { tensor in
            tensor.hasSuffix("fc1.weight") ? .int8Panels : nil
        }
        _ = try converter.write(to: path, producer: "test")
        let checkpoint = try Checkpoint(path: path)
        let layer = "decoder.model.decoder.layers.0"
        #expect(try checkpoint.packedMatrix("\(layer).fc1.weight", shape: [768, 192])?.storage == .int8Panels)
        #expect(try checkpoint.packedMatrix("\(layer).fc2.weight", shape: [192, 768])?.storage == .bfloat16Panels)
    }
}
