import Checkpoint
import Compute

/// Relative positions as a grouped convolution over many frames: `h += activation(conv(h))`.
///
/// Its weights are stored weight-normalised over the taps, `w[o,i,k] = v[o,i,k] g[k] / sqrt(sum over o,i of v[o,i,k]²)`
/// (PyTorch's `weight_norm` with `dim=2`), and folded once, into the layout of the panel kernel.
struct PositionalConvolution: Sendable {
    private let groups: [PanelMatrix]
    private let bias: Float32Tensor
    private let width: Int
    private let kernel: Int
    private let activation: ActivationFunction

    init(_ checkpoint: Checkpoint) throws {
        let configuration = checkpoint.configuration.encoder
        let kernel = configuration.numConvPosEmbeddings
        let width = configuration.hiddenSize
        let channels = width / configuration.numConvPosEmbeddingGroups
        let name = "encoder.encoder.pos_conv_embed.conv"
        let (gain, direction) = try checkpoint.weightNorm(name, shape: [width, channels, kernel])
        let scales = Self.scales(gain: gain.pointer, direction: direction.pointer, rows: width * channels, taps: kernel)
        groups = (0..<configuration.numConvPosEmbeddingGroups).map { group in
            // One row of the folded matrix holds the taps one after another, each with its channels, as the gathered
            // frames do.
            PanelMatrix(columns: channels, depth: kernel * channels) { column, depth in
                let (tap, channel) = (depth / channels, depth % channels)
                let row = (group * channels + column) * channels + channel
                return direction.pointer[row * kernel + tap] * scales[tap]
            }
        }
        bias = try checkpoint.tensor("\(name).bias", shape: [width])
        self.width = width
        self.kernel = kernel
        activation = ActivationFunction(configuration.featExtractActivation)
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
            groups[group].multiply(
                padded.pointer, inputStride: channels, rows: frames, kernels: compute.kernels, into: output.pointer,
                outputStride: channels)
            for frame in 0..<frames {
                let row = output.row(frame)
                for channel in 0..<channels { row[channel] += bias.pointer[offset + channel] }
            }
            compute.kernels.activate(activation, output.pointer, count: output.count)
            for frame in 0..<frames {
                let source = output.row(frame)
                let target = hidden + frame * width + offset
                for channel in 0..<channels { target[channel] += source[channel] }
            }
        }
    }

    /// `g[k] / norm[k]` for every tap.
    private static func scales(
        gain: UnsafePointer<Float>, direction: UnsafePointer<Float>, rows: Int, taps: Int
    ) -> [Float] {
        var squares = [Double](repeating: 0, count: taps)
        for row in 0..<rows {
            for tap in 0..<taps {
                let value = Double(direction[row * taps + tap])
                squares[tap] += value * value
            }
        }
        return (0..<taps).map { Float(Double(gain[$0]) / squares[$0].squareRoot()) }
    }
}
