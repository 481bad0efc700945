import Compute

/// An utterance after the encoder: the frames that the decoder attends to.
final class EncodedFrames: @unchecked Sendable {
    // @unchecked: written before it is shared, only read afterwards.

    /// `frames × dModel`.
    let matrix: Matrix

    init(_ matrix: consuming Matrix) { self.matrix = matrix }
}
