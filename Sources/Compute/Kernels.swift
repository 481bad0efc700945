import CKernels

/// The kernels of one instruction set.
///
/// The functions take unchecked pointers: shapes are checked where a model is loaded, once, and not per call.
public struct Kernels: @unchecked Sendable {
    // @unchecked: the table is constant data of the C target.

    /// The instruction set they are compiled for.
    public let instructionSet: InstructionSet
    let table: dragoman_kernels

    /// The kernels of an instruction set.
    /// - Throws: ``ComputeError`` when this machine lacks it.
    public init(_ instructionSet: InstructionSet) throws(ComputeError) {
        guard let table = dragoman_kernels_for(instructionSet.identifier) else {
            throw ComputeError(
                .unavailableInstructionSet, "this machine has no \(instructionSet.rawValue) instructions")
        }
        self.init(instructionSet, table: table.pointee)
    }

    init(_ instructionSet: InstructionSet, table: dragoman_kernels) {
        self.instructionSet = instructionSet
        self.table = table
    }

    /// Rows become `(x - mean) / sqrt(variance + epsilon) * weight + bias`; `output` may be `input`.
    public func layerNorm(
        _ input: UnsafePointer<Float>, rows: Int, width: Int, weight: UnsafePointer<Float>,
        bias: UnsafePointer<Float>, epsilon: Float, into output: UnsafeMutablePointer<Float>
    ) {
        table.layer_norm(input, rows, width, weight, bias, epsilon, output)
    }

    /// Rows of `columns` elements, `stride` apart, become `softmax(scale * row)` in place.
    public func softmax(_ x: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int, scale: Float) {
        table.softmax(x, rows, columns, stride, scale)
    }

    /// Applies an activation in place.
    public func activate(_ activation: ActivationFunction, _ x: UnsafeMutablePointer<Float>, count: Int) {
        switch activation {
        case .gelu: table.gelu(x, count)
        case .geluTanh: table.gelu_tanh(x, count)
        case .relu: table.relu(x, count)
        case .silu: table.silu(x, count)
        }
    }

    /// Gated linear unit: `output[r][c] = input[r][c] * sigmoid(input[r][columns + c])`.
    public func gated(
        _ input: UnsafePointer<Float>, rows: Int, columns: Int, into output: UnsafeMutablePointer<Float>
    ) {
        table.gated(input, rows, columns, output)
    }

    /// The largest of `count` elements, and the sum of their exponentials relative to it.
    public func sumOfExponentials(_ x: UnsafePointer<Float>, count: Int) -> (maximum: Float, sum: Float) {
        let maximum = table.maximum(x, count)
        return (maximum, table.sum_exp(x, count, maximum))
    }

    /// The index of the first of `count` elements that is greater than `threshold`; `count` if there is none.
    public func firstAbove(_ x: UnsafePointer<Float>, count: Int, _ threshold: Float) -> Int {
        table.first_above(x, count, threshold)
    }

    /// Attention of one query (`heads * headDimension` elements) over scattered key and value rows of the same width.
    public func attend(
        query: UnsafePointer<Float>, keys: UnsafePointer<UnsafePointer<Float>?>,
        values: UnsafePointer<UnsafePointer<Float>?>, positions: Int, heads: Int, headDimension: Int, scale: Float,
        scratch: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>
    ) {
        table.attend(query, keys, values, positions, heads, headDimension, scale, scratch, output)
    }
}
