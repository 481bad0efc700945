import Checkpoint
import Compute

/// Layer normalisation with weight and bias over the last dimension.
struct LayerNormalization: Sendable {
    /// PyTorch's default, which the convolutions, the adapter and the whole decoder use whatever the configuration says.
    static let defaultEpsilon: Float = 1e-5

    let width: Int
    let epsilon: Float
    private let weight: Float32Tensor
    private let bias: Float32Tensor

    init(_ checkpoint: Checkpoint, _ name: String, width: Int, epsilon: Float = defaultEpsilon) throws {
        self.width = width
        self.epsilon = epsilon
        weight = try checkpoint.tensor("\(name).weight", shape: [width])
        bias = try checkpoint.tensor("\(name).bias", shape: [width])
    }

    /// All rows, on the pool. `y` may be `x`.
    func apply(
        _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>, _ compute: ComputeContext
    ) {
        compute.layerNorm(
            x, rows: rows, width: width, weight: weight.pointer, bias: bias.pointer, epsilon: epsilon, into: y)
    }

    /// Some rows in place, on the calling thread.
    func applySerially(_ x: UnsafeMutablePointer<Float>, rows: Int, _ kernels: Kernels) {
        kernels.layerNorm(
            x, rows: rows, width: width, weight: weight.pointer, bias: bias.pointer, epsilon: epsilon, into: x)
    }
}
