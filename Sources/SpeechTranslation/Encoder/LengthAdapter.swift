import Checkpoint
import Compute

/// Brings the encoder's frames to the decoder's width and to an eighth of their number: a projection with a
/// normalisation where the widths differ, then convolutions of stride two, each gated (GLU).
struct LengthAdapter: Sendable {
    private struct Projection: Sendable {
        let linear: LinearLayer
        let normalization: LayerNormalization
    }

    private let projection: Projection?
    private let convolutions: [ConvolutionLayer]
    private let width: Int

    init(_ checkpoint: Checkpoint) throws {
        let configuration = checkpoint.configuration.encoder
        width = configuration.outputHiddenSize
        let width = width
        if configuration.hiddenSize != width {
            projection = Projection(
                linear: try LinearLayer(
                    checkpoint, "encoder.adapter.proj", inputs: configuration.hiddenSize, outputs: width),
                normalization: try LayerNormalization(checkpoint, "encoder.adapter.proj_layer_norm", width: width))
        } else {
            projection = nil
        }
        convolutions = try (0..<configuration.numAdapterLayers).map { index in
            // The padding is 1 whatever the kernel, as in transformers.
            try ConvolutionLayer(
                checkpoint, "encoder.adapter.layers.\(index).conv", inputs: width, outputs: 2 * width,
                kernel: configuration.adapterKernelSize, stride: configuration.adapterStride, padding: 1)
        }
    }

    /// Frames that come out for this many that go in and that the decoder may attend to.
    ///
    /// As in transformers the mask is counted as for a kernel of 3, `floor((length - 1) / stride) + 1` a layer; with a
    /// narrower kernel the convolution gives more frames than that, and the last are not seen.
    func outputLength(_ frames: Int) -> Int {
        frames > 0 ? convolutions.reduce(frames) { ($0 - 1) / $1.stride + 1 } : 0
    }

    /// The frames of one utterance: `frames × hiddenSize` become `outputLength × outputHiddenSize`.
    func apply(_ hidden: UnsafePointer<Float>, frames: Int, _ compute: ComputeContext) -> Matrix {
        let visible = outputLength(frames)
        var current = projected(hidden, frames: frames, compute)
        for (index, convolution) in convolutions.enumerated() {
            let isLast = index == convolutions.count - 1
            let length = isLast ? visible : convolution.outputLength(current.rows)
            let doubled = Matrix(rows: length, columns: 2 * width)
            convolution.apply(
                current.pointer, length: current.rows, count: length, into: doubled.pointer, compute)
            let output = Matrix(rows: length, columns: width)
            compute.gated(doubled.pointer, rows: length, columns: width, into: output.pointer)
            current = output
        }
        return current
    }

    private func projected(_ hidden: UnsafePointer<Float>, frames: Int, _ compute: ComputeContext) -> Matrix {
        let result = Matrix(rows: frames, columns: width)
        if let projection {
            projection.linear.apply(hidden, rows: frames, into: result.pointer, compute)
            projection.normalization.apply(result.pointer, rows: frames, into: result.pointer, compute)
        } else {
            result.pointer.update(from: hidden, count: frames * width)
        }
        return result
    }
}
