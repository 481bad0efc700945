import Checkpoint
import Compute

/// A transformer layer of the decoder, pre-norm: self-attention over the tokens so far, attention over the encoder's
/// frames, feed-forward; each added to what came in.
struct DecoderLayer: Sendable {
    let selfAttention: DecoderAttention
    let crossAttention: DecoderAttention
    private let feedForwardNorm: LayerNormalization
    private let up, down: LinearLayer
    private let activation: ActivationFunction
    private let heads: Int
    private let index: Int

    init(_ checkpoint: Checkpoint, index: Int) throws {
        let configuration = checkpoint.configuration.decoder
        let width = configuration.dModel
        let name = "decoder.model.decoder.layers.\(index)"
        self.index = index
        selfAttention = try DecoderAttention(checkpoint, layer: name, kind: "self_attn", width: width)
        crossAttention = try DecoderAttention(checkpoint, layer: name, kind: "encoder_attn", width: width)
        feedForwardNorm = try LayerNormalization(checkpoint, "\(name).final_layer_norm", width: width)
        up = try LinearLayer(checkpoint, "\(name).fc1", inputs: width, outputs: configuration.ffnDim)
        down = try LinearLayer(checkpoint, "\(name).fc2", inputs: configuration.ffnDim, outputs: width)
        activation = ActivationFunction(configuration.activation)
        heads = configuration.heads
    }

    /// Applies the layer to one hidden state per row, in place, and stores the rows' keys and values in their caches.
    func apply(_ work: DecoderWorkspace, _ rows: [DecoderRow], _ compute: ComputeContext) {
        let count = rows.count
        let width = selfAttention.query.outputs
        let scale = 1 / Float(width / heads).squareRoot()

        selfAttention.norm.apply(work.hidden.pointer, rows: count, into: work.normalized.pointer, compute)
        selfAttention.query.applyToFewRows(work.normalized.pointer, rows: count, into: work.query.pointer, compute)
        selfAttention.key.applyToFewRows(work.normalized.pointer, rows: count, into: work.key.pointer, compute)
        selfAttention.value.applyToFewRows(work.normalized.pointer, rows: count, into: work.value.pointer, compute)
        for (index, row) in rows.enumerated() {
            row.memory.tokens.store(
                key: work.key.row(index), value: work.value.row(index), layer: self.index, position: row.position,
                slot: row.slot)
        }
        compute.pool.run(chunks: count) { index in
            let row = rows[index]
            let (keys, values) = work.pointers(row: index)
            row.memory.tokens.gather(
                layer: self.index, slot: row.slot, count: row.position + 1, keys: keys, values: values)
            compute.kernels.attend(
                query: work.query.row(index), keys: keys, values: values, positions: row.position + 1, heads: heads,
                headDimension: width / heads, scale: scale, scratch: work.scratch.row(index),
                into: work.normalized.row(index))
        }
        selfAttention.output.applyToFewRows(
            work.normalized.pointer, rows: count, accumulate: true, into: work.hidden.pointer, compute)

        crossAttention.norm.apply(work.hidden.pointer, rows: count, into: work.normalized.pointer, compute)
        crossAttention.query.applyToFewRows(work.normalized.pointer, rows: count, into: work.query.pointer, compute)
        compute.pool.run(chunks: count) { index in
            let frames = rows[index].memory.frames
            compute.kernels.attend(
                query: work.query.row(index), keys: frames.keys(layer: self.index),
                values: frames.values(layer: self.index), positions: frames.count, heads: heads,
                headDimension: width / heads, scale: scale, scratch: work.scratch.row(index),
                into: work.normalized.row(index))
        }
        crossAttention.output.applyToFewRows(
            work.normalized.pointer, rows: count, accumulate: true, into: work.hidden.pointer, compute)

        feedForwardNorm.apply(work.hidden.pointer, rows: count, into: work.normalized.pointer, compute)
        up.applyToFewRows(work.normalized.pointer, rows: count, into: work.inner.pointer, compute)
        compute.activate(activation, work.inner.pointer, rows: count, width: up.outputs)
        down.applyToFewRows(
            work.inner.pointer, rows: count, accumulate: true, into: work.hidden.pointer, compute)
    }
}
