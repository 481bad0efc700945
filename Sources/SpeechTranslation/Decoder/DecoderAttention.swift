import Checkpoint
import Compute

/// The four projections of one attention of the decoder.
struct DecoderAttention: Sendable {
    let norm: LayerNormalization
    let query, key, value, output: LinearLayer

    /// - Parameter kind: `self_attn` or `encoder_attn`.
    init(_ checkpoint: Checkpoint, layer: String, kind: String, width: Int) throws {
        norm = try LayerNormalization(checkpoint, "\(layer).\(kind)_layer_norm", width: width)
        query = try LinearLayer(checkpoint, "\(layer).\(kind).q_proj", inputs: width, outputs: width)
        key = try LinearLayer(checkpoint, "\(layer).\(kind).k_proj", inputs: width, outputs: width)
        value = try LinearLayer(checkpoint, "\(layer).\(kind).v_proj", inputs: width, outputs: width)
        output = try LinearLayer(checkpoint, "\(layer).\(kind).out_proj", inputs: width, outputs: width)
    }
}
