import Checkpoint
import Compute

/// Weights in the layout of the kernels, and the bias.
struct LinearLayer: Sendable {
    let weights: PackedMatrix
    let bias: [Float]
    /// Whether a rectifier follows.
    let isRectified: Bool

    /// A layer of its own.
    /// - Parameters:
    ///   - weights: rows of `depth` elements, one for each output.
    ///   - bias: `nil` for none.
    init(_ weights: [Float], bias: [Float]? = nil, depth: Int, isRectified: Bool = false) {
        let columns = weights.count / depth
        // An array converts to a pointer for the length of the call.
        self.weights = PackedMatrix(precision: .float32, columns: columns, depth: depth, packing: weights)
        self.bias = bias ?? [Float](repeating: 0, count: columns)
        self.isRectified = isRectified
    }

    /// Some taps of a convolution of kernel 3, over frames that lie beside each other: `[output][tap][input]`.
    /// - Throws: `CheckpointError`.
    init(
        _ tensors: EmbeddedTensors, convolution name: String, outputs: Int, inputs: Int, taps: Range<Int>
    ) throws(CheckpointError) {
        let kernel = try tensors.floats("\(name).weight", shape: [outputs, inputs, 3])
        var weights: [Float] = []
        weights.reserveCapacity(outputs * taps.count * inputs)
        for output in 0..<outputs {
            for tap in taps {
                for input in 0..<inputs { weights.append(kernel[(output * inputs + input) * 3 + tap]) }
            }
        }
        self.init(
            weights, bias: try tensors.floats("\(name).bias", shape: [outputs]), depth: taps.count * inputs,
            isRectified: true)
    }
}
