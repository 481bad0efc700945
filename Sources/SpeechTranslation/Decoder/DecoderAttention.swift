import Checkpoint
import Compute

/// One attention of the decoder, with the normalisation before it.
struct DecoderAttention: Sendable {
    let norm: LayerNormalization
    let projections: QueryKeyValue
    let output: LinearLayer

    /// - Parameter kind: `self_attn` or `encoder_attn`.
    init(_ checkpoint: Checkpoint, layer: String, kind: String, width: Int) throws {
        norm = try LayerNormalization(checkpoint, "\(layer).\(kind)_layer_norm", width: width)
        projections = try QueryKeyValue(checkpoint, "\(layer).\(kind)", width: width)
        output = try LinearLayer(checkpoint, "\(layer).\(kind).out_proj", inputs: width, outputs: width)
    }
}
