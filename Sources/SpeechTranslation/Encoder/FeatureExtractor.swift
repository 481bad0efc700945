import Checkpoint
import Compute

/// The convolutional front end of wav2vec 2.0 in its layer-norm form: each layer is a convolution without padding, a
/// normalisation over the channels of every frame, and an activation.
///
/// A frame depends on its receptive field alone (400 samples, one frame every 320, in the published checkpoints), so the
/// signal is worked off in tiles of frames: memory stays bounded and threads need not meet.
struct FeatureExtractor: Sendable {
    private struct Layer: Sendable {
        let convolution: ConvolutionLayer
        let normalization: LayerNormalization
    }

    private static let framesPerTile = 32
    /// Some seconds of speech for each thread. Who calls off a long recording is not to wait for the whole of it.
    private static let tilesPerThread = 4

    private let layers: [Layer]
    private let activation: ActivationFunction

    /// Channels of a frame.
    let channels: Int

    init(_ checkpoint: Checkpoint) throws {
        let configuration = checkpoint.configuration.encoder
        activation = ActivationFunction(configuration.featExtractActivation)
        var inputs = 1
        layers = try configuration.convDim.indices.map { index in
            let name = "encoder.feature_extractor.conv_layers.\(index)"
            let outputs = configuration.convDim[index]
            defer { inputs = outputs }
            return Layer(
                convolution: try ConvolutionLayer(
                    checkpoint, "\(name).conv", inputs: inputs, outputs: outputs,
                    kernel: configuration.convKernel[index], stride: configuration.convStride[index],
                    hasBias: configuration.convBias),
                normalization: try LayerNormalization(checkpoint, "\(name).layer_norm", width: outputs))
        }
        channels = inputs
    }

    /// Frames that a signal of this many samples gives; 0 when it is shorter than one receptive field.
    func frameCount(samples: Int) -> Int {
        layers.reduce(samples) { $1.convolution.outputLength($0) }
    }

    /// Features of a normalised signal: `frameCount × channels`.
    /// - Parameter checkCancellation: Called every few seconds of the signal; what it throws ends the work.
    func extract(
        _ samples: [Float], into features: UnsafeMutablePointer<Float>, _ compute: ComputeContext,
        checkCancellation: () throws -> Void = {}
    ) throws {
        let frames = frameCount(samples: samples.count)
        let size = Self.framesPerTile
        let tiles = (frames + size - 1) / size
        let tilesPerRun = Self.tilesPerThread * compute.pool.threadCount
        try samples.withUnsafeBufferPointer { samples in
            guard let start = samples.baseAddress else { return }
            for firstTile in stride(from: 0, to: tiles, by: tilesPerRun) {
                try checkCancellation()
                compute.pool.run(chunks: min(tilesPerRun, tiles - firstTile)) { chunk in
                    let first = (firstTile + chunk) * size
                    extractTile(
                        start, first: first, count: min(size, frames - first), into: features + first * channels,
                        compute)
                }
            }
        }
    }

    private func extractTile(
        _ samples: UnsafePointer<Float>, first: Int, count: Int, into output: UnsafeMutablePointer<Float>,
        _ compute: ComputeContext
    ) {
        // The rows of each level that the tile's frames need, from the last level back to the samples.
        var start = first
        var lengths = [count]
        for layer in layers.reversed() {
            start *= layer.convolution.stride
            lengths.append((lengths[lengths.count - 1] - 1) * layer.convolution.stride + layer.convolution.kernel)
        }
        lengths.reverse()

        var input = Matrix(rows: 0, columns: 0)
        for (index, layer) in layers.enumerated() {
            let isLast = index == layers.count - 1
            let result = Matrix(rows: isLast ? 0 : lengths[index + 1], columns: layer.convolution.outputs)
            apply(
                layer, index == 0 ? samples + start : UnsafePointer(input.pointer), length: lengths[index],
                count: lengths[index + 1], into: isLast ? output : result.pointer, compute)
            input = result
        }
    }

    private func apply(
        _ layer: Layer, _ input: UnsafePointer<Float>, length: Int, count: Int,
        into output: UnsafeMutablePointer<Float>, _ compute: ComputeContext
    ) {
        layer.convolution.applySerially(input, length: length, count: count, into: output, compute) { rows, count in
            layer.normalization.applySerially(rows, rows: count, compute.kernels)
            compute.kernels.activate(activation, rows, count: count * layer.convolution.outputs)
        }
    }
}
