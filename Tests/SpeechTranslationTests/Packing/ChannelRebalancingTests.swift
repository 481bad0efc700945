import Checkpoint
import Compute
import Foundation
import TestSupport
import Testing

@testable import SpeechTranslation

/// Channels that are large behind a normalisation.
@Suite struct ChannelRebalancingTests {
    private static let files = [
        "config.json", "generation_config.json", "preprocessor_config.json", "sentencepiece.bpe.model",
        "model.safetensors",
    ]
    private let golden: GoldenCheckpoint
    private let folder: TemporaryDirectory

    init() throws {
        golden = try GoldenCheckpoint("tinywide")
        folder = try TemporaryDirectory()
    }

    /// The checkpoint with some channels of a normalisation multiplied, and what reads them divided.
    private func planted(norm: String, readers: [String], channels: [Int], factor: Float) throws -> Checkpoint {
        for name in Self.files {
            try folder.write(Data(contentsOf: URL(filePath: golden.path + "/" + name)), to: name)
        }
        var weights = try Data(contentsOf: URL(filePath: golden.path + "/model.safetensors"))
        let tensors = try GoldenTensors(path: golden.path + "/model.safetensors")
        let norms = try ["weight", "bias"].map { try #require(tensors.byteRange("\(norm).\($0)")) }
        let width = norms[0].count / 4
        func scale(_ range: Range<Int>, by factor: Float) {
            for place in stride(from: range.lowerBound, to: range.upperBound, by: 4)
            where channels.contains((place - range.lowerBound) / 4 % width) {
                let value = weights[place..<place + 4].withUnsafeBytes { $0.loadUnaligned(as: Float.self) } * factor
                withUnsafeBytes(of: value) { weights.replaceSubrange(place..<place + 4, with: $0) }
            }
        }
        for range in norms { scale(range, by: factor) }
        for reader in readers { scale(try #require(tensors.byteRange("\(reader).weight")), by: 1 / factor) }
        try folder.write(weights, to: "model.safetensors")
        return try Checkpoint(path: folder.path)
    }

    private func encoding(_ checkpoint: Checkpoint, _ name: String) async throws -> [Float] {
        let path = folder.file(name)
        _ = try ModelConverter(checkpoint, precision: .int8).write(to: path, producer: "test")
        let translator = try Translator(checkpoint: Checkpoint(path: path), threads: 1)
        return try await translator.encode(golden.samples(golden.cases[0])).frames.matrix.elements()
    }

    /// They are taken out to the last bit: eight bits lose nothing by them.
    @Test(arguments: [
        ("encoder.encoder.layers.0.layer_norm", ["q_proj", "k_proj", "v_proj"].map { "attention.\($0)" }),
        ("encoder.encoder.layers.1.final_layer_norm", ["feed_forward.intermediate_dense"]),
    ])
    func outliersVanish(_ norm: String, _ readers: [String]) async throws {
        let layer = norm.split(separator: ".").dropLast().joined(separator: ".")
        let planted = try planted(norm: norm, readers: readers.map { "\(layer).\($0)" }, channels: [3, 7], factor: 64)
        let expected = try await encoding(Checkpoint(path: golden.path), "expected.dragoman")
        #expect(try await encoding(planted, "planted.dragoman") == expected)
    }

    @Test func channelsOfZerosStay() async throws {
        let planted = try planted(
            norm: "encoder.encoder.layers.0.final_layer_norm",
            readers: ["encoder.encoder.layers.0.feed_forward.intermediate_dense"], channels: [5], factor: 0)
        // 1 / 0: weights that are no numbers must not stop a conversion.
        _ = try ModelConverter(planted, precision: .int8).write(to: folder.file("zero.dragoman"), producer: "test")
    }
}
