import Checkpoint
import Evaluation

/// What encoding a second of audio takes, from the encoder's shapes: multiplications and additions of its products. Attention is
/// left out, which up to 20 seconds is below a tenth.
struct EncoderWork {
    /// Operations for a second of audio.
    let operations: Double

    /// Positions a second: one every 320 samples at 16 kHz.
    private static let positions = 50.0
    /// The convolutions in front, the same in all published checkpoints: seven of 512 channels over a signal that each of them
    /// shortens.
    private static let convolutions = 5.1e9

    init(width: Int, inner: Int, layers: Int) {
        let (width, inner) = (Double(width), Double(inner))
        let weights = Double(layers) * (4 * width * width + 2 * width * inner)
        // The positional convolution: 128 taps, 16 groups.
        let positional = width * width / 16 * 128
        operations = 2 * Self.positions * (weights + positional) + Self.convolutions
    }

    init(_ configuration: EncoderConfiguration) {
        self.init(
            width: configuration.hiddenSize, inner: configuration.intermediateSize, layers: configuration.layers)
    }

    init(_ size: CheckpointSize) {
        switch size {
        case .small: self.init(width: 1024, inner: 4096, layers: 24)
        case .medium: self.init(width: 1280, inner: 5120, layers: 48)
        case .large: self.init(width: 1920, inner: 7680, layers: 48)
        }
    }

    /// How many times the work of the model that was measured.
    var ratio: Double { operations / Self(.small).operations }
}
