import Checkpoint
import Compute

/// `y = x Wᵀ + b` with `W` of `outputs × inputs`, read from the checkpoint's mapping in place.
struct LinearLayer: Sendable {
    let inputs: Int, outputs: Int
    private let weight: Float32Tensor
    private let bias: Float32Tensor

    init(_ checkpoint: Checkpoint, _ name: String, inputs: Int, outputs: Int) throws {
        self.inputs = inputs
        self.outputs = outputs
        weight = try checkpoint.tensor("\(name).weight", shape: [outputs, inputs])
        bias = try checkpoint.tensor("\(name).bias", shape: [outputs])
    }

    /// The rows of one utterance, by OpenBLAS.
    func apply(
        _ x: UnsafePointer<Float>, rows: Int, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        compute.multiply(
            x, rows: rows, k: inputs, by: weight.pointer, columns: outputs, bias: bias.pointer,
            accumulate: accumulate, into: y)
    }

    /// A decoder step's rows, possibly of several utterances: no row's result depends on another.
    func applyToFewRows(
        _ x: UnsafePointer<Float>, rows: Int, accumulate: Bool = false, into y: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        compute.multiplyFewRows(
            x, rows: rows, k: inputs, by: weight.pointer, columns: outputs, bias: bias.pointer,
            accumulate: accumulate, into: y)
    }
}
