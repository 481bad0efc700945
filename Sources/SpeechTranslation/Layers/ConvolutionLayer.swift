import Checkpoint
import Compute

/// A one-dimensional convolution (cross-correlation) over time-major rows, as a matrix product.
///
/// Packed weights have their inputs in the order of the frames, `[tap][channel]`: the rows of the left operand then lie in
/// the input as they are and overlap. Published ones, `[out][in][tap]`, are used where they lie, with rows gathered in
/// their order.
struct ConvolutionLayer: Sendable {
    private enum Weight: Sendable {
        case published(Float32Tensor)
        case packed(PackedMatrix)
    }

    private static let rowsPerProduct = 240

    let inputs: Int, outputs: Int, kernel: Int, stride: Int, padding: Int
    private let weight: Weight
    private let bias: Float32Tensor?

    init(
        _ checkpoint: Checkpoint, _ name: String, inputs: Int, outputs: Int, kernel: Int, stride: Int,
        padding: Int = 0, hasBias: Bool = true
    ) throws {
        self.inputs = inputs
        self.outputs = outputs
        self.kernel = kernel
        self.stride = stride
        self.padding = padding
        let shape = [outputs, inputs, kernel]
        if let packed = try PackedMatrix(checkpoint, "\(name).weight", shape: shape) {
            weight = .packed(packed)
        } else {
            weight = .published(try checkpoint.tensor("\(name).weight", shape: shape))
        }
        bias = hasBias ? try checkpoint.tensor("\(name).bias", shape: [outputs]) : nil
    }

    /// `floor((length + 2 padding - kernel) / stride) + 1`, or 0 where the kernel does not fit.
    func outputLength(_ length: Int) -> Int {
        let room = length + 2 * padding - kernel
        return room < 0 ? 0 : room / stride + 1
    }

    /// The first `count` frames of the output, on the calling thread, for a convolution without padding.
    /// - Parameters:
    ///   - input: `length × inputs`.
    ///   - output: `count × outputs`.
    ///   - finish: Called with some rows of the output at a time, while they are in the cache.
    func applySerially(
        _ input: UnsafePointer<Float>, length: Int, count: Int, into output: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext, finish: (_ rows: UnsafeMutablePointer<Float>, _ count: Int) -> Void
    ) {
        let activations = PreparedActivations()
        let gathered = Matrix(rows: gathers ? min(Self.rowsPerProduct, count) : 0, columns: depth)
        for first in Swift.stride(from: 0, to: count, by: Self.rowsPerProduct) {
            let rows = min(Self.rowsPerProduct, count - first)
            let target = output + first * outputs
            switch weight {
            case .published(let weight):
                gather(input, length: length, first: first, count: rows, into: gathered.pointer)
                compute.multiplySerially(
                    gathered.pointer, rows: rows, k: depth, by: weight.pointer, columns: outputs,
                    bias: bias?.pointer, into: target)
            case .packed(let weight):
                compute.prepareSerially(
                    input + first * stride * inputs, rows: rows, stride: stride * inputs, depth: depth,
                    precision: weight.precision, into: activations)
                compute.multiplySerially(
                    activations, panels: 0..<weight.panelCount, by: weight, bias: bias?.pointer, into: target,
                    stride: outputs)
            }
            finish(target, rows)
        }
    }

    /// The first `count` frames of the output, on the pool.
    /// - Parameters:
    ///   - input: `length × inputs`; before and after it are the zeros of the padding.
    ///   - output: `count × outputs`.
    func apply(
        _ input: UnsafePointer<Float>, length: Int, count: Int, into output: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        switch weight {
        case .published(let weight):
            let gathered = Matrix(rows: count, columns: depth)
            gather(input, length: length, first: 0, count: count, into: gathered.pointer)
            compute.multiply(
                gathered.pointer, rows: count, k: depth, by: weight.pointer, columns: outputs, bias: bias?.pointer,
                into: output)
        case .packed(let weight):
            let padded = Matrix(rows: max(length + 2 * padding, (count - 1) * stride + kernel), columns: inputs)
            padded.pointer.update(repeating: 0, count: padded.count)
            padded.row(padding).update(from: input, count: length * inputs)
            compute.multiply(
                padded.pointer, rows: count, stride: stride * inputs, by: weight, bias: bias?.pointer, into: output)
        }
    }

    /// Elements of a row of the left operand: the sum's length.
    private var depth: Int { inputs * kernel }

    private var gathers: Bool {
        if case .published = weight { true } else { false }
    }

    /// Rows `first ..< first + count` of the left operand, in the order of published weights: `count × depth`.
    private func gather(
        _ input: UnsafePointer<Float>, length: Int, first: Int, count: Int,
        into gathered: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<count {
            let target = gathered + row * depth
            let start = (first + row) * stride - padding
            for tap in 0..<kernel {
                let time = start + tap
                var place = tap
                if time >= 0 && time < length {
                    let source = input + time * inputs
                    for channel in 0..<inputs {
                        target[place] = source[channel]
                        place += kernel
                    }
                } else {
                    for _ in 0..<inputs {
                        target[place] = 0
                        place += kernel
                    }
                }
            }
        }
    }
}
