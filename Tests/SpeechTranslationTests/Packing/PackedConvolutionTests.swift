import Checkpoint
import Compute
import TestSupport
import Testing

@testable import SpeechTranslation

/// Convolutions in packed files.
@Suite struct PackedConvolutionTests {
    private static let positional = "encoder.encoder.pos_conv_embed.conv"

    private let folder: TemporaryDirectory
    private let published: Checkpoint

    init() throws {
        folder = try TemporaryDirectory()
        published = try Checkpoint(path: Fixtures.path("tiny"))
    }

    private func packed(_ precision: PackingPrecision) throws -> Checkpoint {
        let path = folder.file("\(precision.rawValue).dragoman")
        _ = try ModelConverter(published, precision: precision).write(to: path, producer: "test")
        return try Checkpoint(path: path)
    }

    private func rows(of name: String, shape: [Int], in checkpoint: Checkpoint) throws -> [[Float]] {
        let matrix = try #require(try PackedMatrix(checkpoint, name, shape: shape))
        #expect(matrix.columns == shape[0] && matrix.depth == shape[1] * shape[2])
        return (0..<shape[0]).map { row in
            [Float](unsafeUninitializedCapacity: matrix.depth) { buffer, count in
                if let start = buffer.baseAddress { matrix.copyRow(row, into: start) }
                count = matrix.depth
            }
        }
    }

    /// Channels of a tap lie side by side, as those of a frame do.
    @Test(arguments: [
        ("encoder.feature_extractor.conv_layers.0.conv.weight", [16, 1, 10]),
        ("encoder.feature_extractor.conv_layers.1.conv.weight", [16, 16, 3]),
        ("encoder.adapter.layers.2.conv.weight", [64, 32, 3]),
    ])
    func tapsThenChannels(_ name: String, _ shape: [Int]) throws {
        let original = try published.tensor(name, shape: shape)
        let rows = try rows(of: name, shape: shape, in: packed(.float32))
        for (output, row) in rows.enumerated() {
            for channel in 0..<shape[1] {
                for tap in 0..<shape[2] {
                    let expected = original.elements[(output * shape[1] + channel) * shape[2] + tap]
                    #expect(row[tap * shape[1] + channel] == expected)
                }
            }
        }
    }

    /// The weight normalisation is folded.
    @Test func positionalConvolution() throws {
        let checkpoint = try packed(.float32)
        let (groups, channels, taps) = (4, 8, 16)
        let (magnitude, direction) = try published.weightNorm(Self.positional, shape: [32, channels, taps])
        var squares = [Double](repeating: 0, count: taps)
        for (place, weight) in direction.elements.enumerated() { squares[place % taps] += Double(weight * weight) }
        for group in 0..<groups {
            let name = "\(Self.positional).weight.\(group)"
            for (output, row) in try rows(of: name, shape: [channels, channels, taps], in: checkpoint).enumerated() {
                for (input, weight) in row.enumerated() {
                    let (tap, channel) = (input / channels, input % channels)
                    let place = ((group * channels + output) * channels + channel) * taps + tap
                    let scale = Double(magnitude.elements[tap]) / squares[tap].squareRoot()
                    let expected = Double(direction.elements[place]) * scale
                    #expect(abs(Double(weight) - expected) <= 1e-5 * abs(expected))
                }
            }
        }
        #expect(checkpoint.contains("\(Self.positional).bias"))
        let names = published.weightNormNames(Self.positional)
        #expect(!checkpoint.contains(names.magnitude) && !checkpoint.contains(names.direction))
    }

    @Test(arguments: [
        (PackingPrecision.float32, TensorStorage.float32Panels, TensorStorage.float32Panels),
        (.bfloat16, .bfloat16Panels, .bfloat16Panels), (.int8, .int8Group32Panels, .bfloat16Panels),
        (.mixed, .bfloat16Panels, .bfloat16Panels),
    ])
    func storage(_ precision: PackingPrecision, _ adapter: TensorStorage, _ frontEnd: TensorStorage) throws {
        let checkpoint = try packed(precision)
        func storage(_ name: String, _ shape: [Int]) throws -> TensorStorage? {
            try checkpoint.packedMatrix(name, shape: shape)?.storage
        }
        let front = "encoder.feature_extractor.conv_layers"
        #expect(try storage("\(front).0.conv.weight", [16, 1, 10]) == .float32Panels)
        #expect(try storage("\(front).1.conv.weight", [16, 16, 3]) == frontEnd)
        #expect(try storage("encoder.adapter.layers.0.conv.weight", [64, 32, 3]) == adapter)
        #expect(try storage("\(Self.positional).weight.0", [8, 8, 16]) == frontEnd)
    }
}
