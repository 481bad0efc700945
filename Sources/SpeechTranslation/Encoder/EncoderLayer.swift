import Checkpoint
import Compute

/// A transformer layer of the "stable", pre-norm kind:
///
///     h += out(attention(q, k, v of norm(h)))
///     h += down(activation(up(norm(h))))
struct EncoderLayer: Sendable {
    private let attentionNorm: LayerNormalization
    private let projections: QueryKeyValue
    private let output: LinearLayer
    private let feedForwardNorm: LayerNormalization
    private let up, down: LinearLayer
    private let heads: Int
    private let activation: ActivationFunction

    /// Buffers that all layers share.
    struct Workspace: ~Copyable {
        let normalized, query, key, value, inner: Matrix

        init(frames: Int, width: Int, innerWidth: Int) {
            normalized = Matrix(rows: frames, columns: width)
            query = Matrix(rows: frames, columns: width)
            key = Matrix(rows: frames, columns: width)
            value = Matrix(rows: frames, columns: width)
            inner = Matrix(rows: frames, columns: innerWidth)
        }
    }

    init(_ checkpoint: Checkpoint, index: Int) throws {
        let configuration = checkpoint.configuration.encoder
        let width = configuration.hiddenSize
        let name = "encoder.encoder.layers.\(index)"
        let epsilon = configuration.layerNormEpsilon
        attentionNorm = try LayerNormalization(checkpoint, "\(name).layer_norm", width: width, epsilon: epsilon)
        projections = try QueryKeyValue(checkpoint, "\(name).attention", width: width)
        output = try LinearLayer(checkpoint, "\(name).attention.out_proj", inputs: width, outputs: width)
        feedForwardNorm = try LayerNormalization(
            checkpoint, "\(name).final_layer_norm", width: width, epsilon: epsilon)
        let inner = configuration.intermediateSize
        up = try LinearLayer(
            checkpoint, "\(name).feed_forward.intermediate_dense", inputs: width, outputs: inner)
        down = try LinearLayer(checkpoint, "\(name).feed_forward.output_dense", inputs: inner, outputs: width)
        heads = configuration.heads
        activation = ActivationFunction(configuration.hiddenActivation)
    }

    /// Whether all weights are in the kernels' layout.
    var isPacked: Bool {
        [projections.query, projections.key, projections.value, output, up, down]
            .allSatisfy { $0.packedPrecision != nil }
    }

    /// Applies the layer to the hidden states of one or several utterances, row after row, in place.
    /// - Parameter utterances: The rows of each.
    func apply(
        _ hidden: UnsafeMutablePointer<Float>, _ utterances: [Range<Int>], _ work: borrowing Workspace,
        _ compute: ComputeContext
    ) {
        let frames = utterances.last?.upperBound ?? 0
        let (width, headDimension) = (output.inputs, output.inputs / heads)
        attentionNorm.apply(hidden, rows: frames, into: work.normalized.pointer, compute)
        projections.apply(
            work.normalized.pointer, rows: frames,
            into: .init(query: work.query.pointer, key: work.key.pointer, value: work.value.pointer), compute)
        for rows in utterances {
            let first = rows.lowerBound * width
            compute.selfAttention(
                queries: work.query.pointer + first, keys: work.key.pointer + first,
                values: work.value.pointer + first, rows: rows.count, heads: heads, headDimension: headDimension,
                scale: 1 / Float(headDimension).squareRoot(), into: work.normalized.pointer + first)
        }
        output.apply(work.normalized.pointer, rows: frames, accumulate: true, into: hidden, compute)

        feedForwardNorm.apply(hidden, rows: frames, into: work.normalized.pointer, compute)
        up.apply(work.normalized.pointer, rows: frames, into: work.inner.pointer, compute)
        compute.activate(activation, work.inner.pointer, rows: frames, width: up.outputs)
        down.apply(work.inner.pointer, rows: frames, accumulate: true, into: hidden, compute)
    }
}
