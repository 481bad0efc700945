import ArgumentParser
import Checkpoint
import Foundation
import SpeechTranslation

/// How far packed files are from a reference, stage by stage: relative l2 error of the hidden states.
struct LayerErrors: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layer-errors",
        abstract: "Measure the relative error of packed files after every layer.",
        discussion: """
            The reference reads the clip and generates tokens; every file then reads the same clip and the same tokens. \
            The decoder is measured twice: with the reference's encoding, and with the file's own.
            """)

    @Option(help: "Checkpoint to compare with, in float32.") var reference: String
    @Option(parsing: .upToNextOption, help: "Packed files.") var packed: [String]
    @Option(help: "Raw float32 samples, 16 kHz mono.") var clip: String
    @Option(help: "Tokens that the decoder reads.") var tokens = 32
    @Option(help: "Threads that compute.") var threads = 2
    @Flag(help: "JSON rather than a table.") var json = false

    func run() async throws {
        let samples = try Clip.samples(clip)
        let expected = try await LayerErrorReference(
            Translator(checkpoint: Checkpoint(path: reference), threads: threads), samples, tokens: tokens)
        var columns: [LayerErrorColumn] = []
        for path in packed {
            let translator = try Translator(checkpoint: Checkpoint(path: path), threads: threads)
            let name = URL(filePath: path).deletingPathExtension().lastPathComponent
            columns.append(try await LayerErrorColumn(name, translator, samples, expected))
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(columns), as: UTF8.self))
        } else {
            LayerErrorTable(columns).print()
        }
    }
}

/// What the reference computes of a clip.
struct LayerErrorReference {
    let utterance: Translator.EncodedUtterance
    let tokens: [Int32]
    let encoder, decoder: [Translator.StageStates]

    init(_ translator: Translator, _ samples: [Float], tokens count: Int) async throws {
        (utterance, encoder) = try await translator.inspectEncoder(samples)
        tokens = try await translator.generate(utterance, beams: 1, tokens: count)
        decoder = try await translator.inspectDecoder(utterance, tokens: tokens)
    }
}

/// The errors of one file.
struct LayerErrorColumn: Encodable {
    struct Stage: Encodable {
        let name: String
        let error: Double
    }

    struct Decoder: Encodable {
        let stages: [Stage]
        /// Rows whose best token is the reference's, of `rows`.
        let sameBest: Int
        let rows: Int
        /// Mean over the rows of the Kullback-Leibler divergence of the file's distribution from the reference's, in nats.
        let divergence: Double

        init(_ states: [Translator.StageStates], expected: [Translator.StageStates]) {
            stages = LayerErrorColumn.stages(states, expected: expected)
            guard let logits = states.last, let wanted = expected.last else {
                (sameBest, rows, divergence) = (0, 0, 0)
                return
            }
            let pairs = stride(from: 0, to: wanted.values.count, by: wanted.width).map { start in
                (
                    Distribution(logits.values[start..<start + wanted.width]),
                    Distribution(wanted.values[start..<start + wanted.width])
                )
            }
            sameBest = pairs.count { $0.best == $1.best }
            rows = pairs.count
            divergence = pairs.reduce(0) { $0 + $1.1.divergence(of: $1.0) } / Double(max(1, rows))
        }
    }

    let name: String
    let encoder: [Stage]
    let decoderAlone, decoder: Decoder

    init(
        _ name: String, _ translator: Translator, _ samples: [Float], _ expected: LayerErrorReference
    ) async throws {
        self.name = name
        let (utterance, states) = try await translator.inspectEncoder(samples)
        encoder = Self.stages(states, expected: expected.encoder)
        decoderAlone = Decoder(
            try await translator.inspectDecoder(expected.utterance, tokens: expected.tokens),
            expected: expected.decoder)
        decoder = Decoder(
            try await translator.inspectDecoder(utterance, tokens: expected.tokens), expected: expected.decoder)
    }

    private static func stages(
        _ states: [Translator.StageStates], expected: [Translator.StageStates]
    ) -> [Stage] {
        zip(states, expected).map { Stage(name: $0.stage.description, error: relativeError($0.values, $1.values)) }
    }

    /// `‖values - expected‖₂ / ‖expected‖₂`
    private static func relativeError(_ values: [Float], _ expected: [Float]) -> Double {
        var difference = 0.0, norm = 0.0
        for (value, wanted) in zip(values, expected) {
            difference += Double(value - wanted) * Double(value - wanted)
            norm += Double(wanted) * Double(wanted)
        }
        return (difference / norm).squareRoot()
    }
}

/// A row of logits as a distribution over the vocabulary.
private struct Distribution {
    let logits: ArraySlice<Float>
    let best: Int
    let logSum: Double

    init(_ logits: ArraySlice<Float>) {
        self.logits = logits
        var best = logits.startIndex
        for index in logits.indices where logits[index] > logits[best] { best = index }
        let maximum = logits.isEmpty ? 0 : Double(logits[best])
        self.best = best - logits.startIndex
        logSum = maximum + log(logits.reduce(0) { $0 + exp(Double($1) - maximum) })
    }

    func divergence(of other: Distribution) -> Double {
        zip(logits, other.logits).reduce(0) { sum, pair in
            let logProbability = Double(pair.0) - logSum
            return sum + exp(logProbability) * (logProbability - (Double(pair.1) - other.logSum))
        }
    }
}

extension NetworkStage: CustomStringConvertible {
    /// What the table calls the stage.
    public var description: String {
        switch self {
        case .features: "feature extractor"
        case .projectedFeatures: "feature projection"
        case .positions: "positional convolution"
        case .encoderLayer(let index): "encoder layer \(index)"
        case .encoderNorm: "encoder norm"
        case .adapter: "adapter"
        case .embedding: "embedding"
        case .decoderLayer(let index): "decoder layer \(index)"
        case .decoderNorm: "decoder norm"
        case .logits: "logits"
        }
    }
}
