import Checkpoint
import Compute

/// `y = x Wᵀ + b` with `W` of `outputs × inputs`, read where the checkpoint maps it.
struct LinearLayer: Sendable {
    let inputs: Int, outputs: Int
    private let weight: LinearWeight
    private let bias: Float32Tensor

    init(_ checkpoint: Checkpoint, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        weight = try LinearWeight(checkpoint, "\(name).weight", inputs: inputs, outputs: outputs)
        bias = try checkpoint.tensor("\(name).bias", shape: [outputs])
    }

    /// The rows of one utterance; of any number where the weights are packed. Published weights go through OpenBLAS.
    func apply(
        _ x: UnsafePointer<Float>, rows: Int, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        switch weight {
        case .float32(let weight):
            compute.multiply(
                x, rows: rows, k: inputs, by: weight.pointer, columns: outputs, bias: bias.pointer,
                accumulate: accumulate, into: y)
        case .packed(let weight):
            compute.multiply(x, rows: rows, by: weight, bias: bias.pointer, accumulate: accumulate, into: y)
        }
    }

    /// A decoder step's rows, possibly of several utterances: no row's result depends on another.
    func applyToFewRows(
        _ x: UnsafePointer<Float>, rows: Int, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        switch weight {
        case .float32(let weight):
            compute.multiplyFewRows(
                x, rows: rows, k: inputs, by: weight.pointer, columns: outputs, bias: bias.pointer,
                accumulate: accumulate, into: y)
        case .packed(let weight):
            compute.multiply(x, rows: rows, by: weight, bias: bias.pointer, accumulate: accumulate, into: y)
        }
    }

    /// The product, where the weights are packed.
    func product(into output: UnsafeMutablePointer<Float>) -> PackedProduct? {
        guard case .packed(let weight) = weight else { return nil }
        return PackedProduct(weight: weight, bias: bias.pointer, output: output)
    }

    /// The precision of packed weights.
    var packedPrecision: WeightPrecision? {
        guard case .packed(let weight) = weight else { return nil }
        return weight.precision
    }
}
