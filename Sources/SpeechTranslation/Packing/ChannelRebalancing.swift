import Checkpoint

#if canImport(Glibc)
import Glibc
#endif

/// Takes large channels out of what is quantised, without changing what the network computes.
///
/// Large speech encoders have a few channels many times larger than the others; integers that share a scale with one lose
/// their accuracy. Where such a channel comes out of a layer normalisation, its weight and bias there can be divided by a
/// factor, and the weights that read it multiplied by it. Factors are powers of two, so that nothing is rounded. A factor
/// halves, on a logarithmic scale, the distance between a channel's size (its weight in the normalisation) and that of the
/// weights that read it.
struct ChannelRebalancing: Sendable {
    // Beyond this a channel is as good as constant.
    private static let greatestExponent: Float = 12

    /// By tensor: what each element of the last dimension is multiplied by.
    private var factors: [String: [Float]] = [:]

    /// Looks at every normalisation of a published checkpoint that linear layers read.
    init(_ checkpoint: Checkpoint) throws(CheckpointError) {
        let (encoder, decoder) = (checkpoint.configuration.encoder, checkpoint.configuration.decoder)
        for index in 0..<encoder.layers {
            let name = "encoder.encoder.layers.\(index)"
            let (width, inner) = (encoder.hiddenSize, encoder.intermediateSize)
            try rebalance(
                "\(name).layer_norm", ["q_proj", "k_proj", "v_proj"].map { ("\(name).attention.\($0)", width) },
                width: width, checkpoint)
            try rebalance(
                "\(name).final_layer_norm", [("\(name).feed_forward.intermediate_dense", inner)], width: width,
                checkpoint)
        }
        for index in 0..<decoder.layers {
            let name = "decoder.model.decoder.layers.\(index)"
            let width = decoder.dModel
            try rebalance(
                "\(name).self_attn_layer_norm",
                ["q_proj", "k_proj", "v_proj"].map { ("\(name).self_attn.\($0)", width) }, width: width, checkpoint)
            try rebalance(
                "\(name).encoder_attn_layer_norm", [("\(name).encoder_attn.q_proj", width)], width: width, checkpoint)
            try rebalance("\(name).final_layer_norm", [("\(name).fc1", decoder.ffnDim)], width: width, checkpoint)
        }
    }

    /// Rescales some rows of a tensor.
    func apply(to rows: UnsafeMutableBufferPointer<Float>, of name: String) {
        guard let factors = factors[name] else { return }
        for (index, factor) in zip(rows.indices, repeatElement(factors, count: rows.count / factors.count).joined()) {
            rows[index] *= factor
        }
    }

    /// Whether a tensor is rescaled.
    func changes(_ name: String) -> Bool { factors[name] != nil }

    private mutating func rebalance(
        _ norm: String, _ readers: [(name: String, outputs: Int)], width: Int, _ checkpoint: Checkpoint
    ) throws(CheckpointError) {
        let weight = try checkpoint.tensor("\(norm).weight", shape: [width])
        var largest = [Float](repeating: 0, count: width)
        for reader in readers {
            try checkpoint.forEachPiece(
                of: "\(reader.name).weight", shape: [reader.outputs, width], rowsAtATime: 64
            ) { (rows) throws(CheckpointError) in
                largest.withUnsafeMutableBufferPointer { largest in
                    for row in stride(from: 0, to: rows.count, by: width) {
                        for channel in 0..<width {
                            largest[channel] = max(largest[channel], rows[row + channel].magnitude)
                        }
                    }
                }
            }
        }
        let exponents = Self.exponents(
            sizes: (0..<width).map { weight.pointer[$0].magnitude }, readers: largest)
        guard exponents.contains(where: { $0 != 0 }) else { return }
        let multipliers = exponents.map(exp2f)
        for reader in readers { factors["\(reader.name).weight"] = multipliers }
        for name in ["\(norm).weight", "\(norm).bias"] { factors[name] = exponents.map { exp2f(-$0) } }
    }

    /// Relative to the median channel; what is no number, or zero, stays as it is.
    private static func exponents(sizes: [Float], readers: [Float]) -> [Float] {
        let ratios = zip(sizes, readers).map { log2f($0 / $1) / 2 }
        let finite = ratios.filter(\.isFinite).sorted()
        guard !finite.isEmpty else { return ratios.map { _ in 0 } }
        let median = finite[finite.count / 2]
        return ratios.map { ratio in
            ratio.isFinite ? min(greatestExponent, max(-greatestExponent, (ratio - median).rounded())) : 0
        }
    }
}
