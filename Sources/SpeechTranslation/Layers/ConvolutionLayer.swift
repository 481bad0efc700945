import Checkpoint
import Compute

/// A one-dimensional convolution (cross-correlation) over time-major rows, as a matrix product: the rows are gathered in
/// the order in which the checkpoint stores the weights, `[out][in][tap]`, so that these are used where they lie.
struct ConvolutionLayer: Sendable {
    let inputs: Int, outputs: Int, kernel: Int, stride: Int, padding: Int
    private let weight: Float32Tensor
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
        weight = try checkpoint.tensor("\(name).weight", shape: [outputs, inputs, kernel])
        bias = hasBias ? try checkpoint.tensor("\(name).bias", shape: [outputs]) : nil
    }

    /// Elements of a gathered row: the sum's length.
    var depth: Int { inputs * kernel }

    /// `floor((length + 2 padding - kernel) / stride) + 1`, or 0 where the kernel does not fit.
    func outputLength(_ length: Int) -> Int {
        let room = length + 2 * padding - kernel
        return room < 0 ? 0 : room / stride + 1
    }

    /// Rows `first ..< first + count` of the output's left operand.
    /// - Parameters:
    ///   - input: `length × inputs`; rows before and after it are the zeros of the padding.
    ///   - gathered: `count × depth`.
    func gather(
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

    /// Products of gathered rows, on the pool.
    func multiply(
        _ gathered: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        compute.multiply(
            gathered, rows: rows, k: depth, by: weight.pointer, columns: outputs, bias: bias?.pointer, into: output)
    }

    /// Products of gathered rows, on the calling thread.
    func multiplySerially(
        _ gathered: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        compute.multiplySerially(
            gathered, rows: rows, k: depth, by: weight.pointer, columns: outputs, bias: bias?.pointer, into: output)
    }
}
