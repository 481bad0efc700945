import Checkpoint
import Compute

/// Relative positions as a grouped convolution over many frames: `h += activation(conv(h))`. Each group of output channels
/// reads as many input channels.
struct PositionalConvolution: Sendable {
    private let groups: [PackedMatrix]
    private let bias: Float32Tensor
    private let width: Int
    private let kernel: Int
    private let activation: ActivationFunction

    init(_ checkpoint: Checkpoint) throws {
        let configuration = checkpoint.configuration.encoder
        kernel = configuration.numConvPosEmbeddings
        width = configuration.hiddenSize
        groups = try Self.groups(checkpoint)
        bias = try checkpoint.tensor("\(PositionalWeights.name).bias", shape: [width])
        activation = ActivationFunction(configuration.featExtractActivation)
    }

    /// As a packed file has them, or folded and packed here.
    private static func groups(_ checkpoint: Checkpoint) throws -> [PackedMatrix] {
        let configuration = checkpoint.configuration.encoder
        let groups = configuration.numConvPosEmbeddingGroups
        let (channels, taps) = (configuration.hiddenSize / groups, configuration.numConvPosEmbeddings)
        let packed = try (0..<groups).map { group in
            try PackedMatrix(
                checkpoint, PositionalWeights.packedName(group: group), shape: [channels, channels, taps])
        }
        if packed.allSatisfy({ $0 != nil }) { return packed.compactMap { $0 } }
        let weights = try PositionalWeights(checkpoint)
        return (0..<groups).map { group in
            let rows = Matrix(rows: channels, columns: taps * channels)
            for channel in 0..<channels { weights.copyRow(group * channels + channel, into: rows.row(channel)) }
            return PackedMatrix(
                precision: .float32, columns: channels, depth: taps * channels, packing: rows.pointer)
        }
    }

    /// Adds the position features to `frames × width` hidden states, in place.
    func add(to hidden: UnsafeMutablePointer<Float>, frames: Int, _ compute: ComputeContext) {
        let channels = width / groups.count
        compute.pool.run(chunks: groups.count) { group in
            let offset = group * channels
            let padded = Matrix(rows: frames + kernel - 1, columns: channels)
            padded.pointer.update(repeating: 0, count: padded.count)
            // Padding is kernel / 2 on both sides; with an even kernel the last frame of the output is dropped.
            for frame in 0..<frames {
                padded.row(frame + kernel / 2)
                    .update(from: hidden + frame * width + offset, count: channels)
            }
            let output = Matrix(rows: frames, columns: channels)
            compute.multiplyInPlaceSerially(
                padded.pointer, rows: frames, stride: channels, by: groups[group], bias: bias.pointer + offset,
                into: output.pointer)
            compute.kernels.activate(activation, output.pointer, count: output.count)
            for frame in 0..<frames {
                let source = output.row(frame)
                let target = hidden + frame * width + offset
                for channel in 0..<channels { target[channel] += source[channel] }
            }
        }
    }
}
