import Compute

/// A place in the network after which the hidden states can be looked at.
package enum NetworkStage: Sendable, Hashable {
    case features, projectedFeatures, positions
    case encoderLayer(Int)
    case encoderNorm, adapter
    case embedding
    case decoderLayer(Int)
    case decoderNorm, logits
}

/// Sees the hidden states after a stage, a row for each frame or token; they change afterwards.
typealias StageObserver = (_ stage: NetworkStage, _ hidden: borrowing Matrix) -> Void
