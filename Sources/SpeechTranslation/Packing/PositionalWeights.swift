import Checkpoint

/// The weights of the positional convolution of a published checkpoint, with their normalisation folded.
///
/// They are stored weight-normalised over the taps: `w[o,i,k] = v[o,i,k] g[k] / sqrt(sum over o,i of v[o,i,k]²)` (PyTorch's
/// `weight_norm` with `dim=2`).
struct PositionalWeights: Sendable {
    /// Under which the checkpoint has the convolution.
    static let name = "encoder.encoder.pos_conv_embed.conv"

    /// Groups of output channels, each of which reads as many input channels as it has.
    let groups: Int
    /// Channels of a group.
    let channels: Int
    let taps: Int
    private let direction: Float32Tensor
    /// `g[k] / norm[k]` for every tap.
    private let scales: [Float]

    init(_ checkpoint: Checkpoint) throws(CheckpointError) {
        let configuration = checkpoint.configuration.encoder
        groups = configuration.numConvPosEmbeddingGroups
        channels = configuration.hiddenSize / groups
        taps = configuration.numConvPosEmbeddings
        let shape = [configuration.hiddenSize, channels, taps]
        let (magnitude, direction) = try checkpoint.weightNorm(Self.name, shape: shape)
        self.direction = direction
        var squares = [Double](repeating: 0, count: taps)
        for row in 0..<shape[0] * shape[1] {
            for tap in 0..<taps {
                let value = Double(direction.pointer[row * taps + tap])
                squares[tap] += value * value
            }
        }
        scales = squares.enumerated().map { Float(Double(magnitude.pointer[$0]) / $1.squareRoot()) }
    }

    /// Under which a packed file has the convolution of a group, of shape `[channels, channels, taps]`.
    static func packedName(group: Int) -> String { "\(name).weight.\(group)" }

    /// Weights of an output channel's sum over its group: the taps one after another, each with its channels.
    /// - Parameters:
    ///   - output: among the channels of all groups.
    ///   - target: `taps × channels`.
    func copyRow(_ output: Int, into target: UnsafeMutablePointer<Float>) {
        TapMajorRow.copy(
            direction.pointer + output * channels * taps, channels: channels, taps: taps, into: target)
        for (tap, scale) in scales.enumerated() {
            for channel in 0..<channels { target[tap * channels + channel] *= scale }
        }
    }
}
