import Checkpoint
import Compute

/// The wav2vec 2.0 (XLS-R) encoder with its adapter: a normalised 16 kHz signal becomes the frames that the decoder
/// attends to.
struct SpeechEncoder: Sendable {
    private let featureExtractor: FeatureExtractor
    private let featureNorm: LayerNormalization
    private let featureProjection: LinearLayer
    private let positionalConvolution: PositionalConvolution
    private let layers: [EncoderLayer]
    private let finalNorm: LayerNormalization
    private let adapter: LengthAdapter
    // To the decoder's width, where nothing before has brought the frames there.
    private let projection: LinearLayer?
    private let innerWidth: Int

    init(_ checkpoint: Checkpoint) throws {
        let configuration = checkpoint.configuration.encoder
        let epsilon = configuration.layerNormEpsilon
        featureExtractor = try FeatureExtractor(checkpoint)
        featureNorm = try LayerNormalization(
            checkpoint, "encoder.feature_projection.layer_norm", width: featureExtractor.channels, epsilon: epsilon)
        featureProjection = try LinearLayer(
            checkpoint, "encoder.feature_projection.projection", inputs: featureExtractor.channels,
            outputs: configuration.hiddenSize)
        positionalConvolution = try PositionalConvolution(checkpoint)
        layers = try (0..<configuration.layers).map { try EncoderLayer(checkpoint, index: $0) }
        finalNorm = try LayerNormalization(
            checkpoint, "encoder.encoder.layer_norm", width: configuration.hiddenSize, epsilon: epsilon)
        adapter = try LengthAdapter(checkpoint)
        innerWidth = configuration.intermediateSize
        let decoderWidth = checkpoint.configuration.decoder.dModel
        projection =
            configuration.outputHiddenSize == decoderWidth
            ? nil
            : try LinearLayer(
                checkpoint, "enc_to_dec_proj", inputs: configuration.outputHiddenSize, outputs: decoderWidth)
    }

    /// Frames that the decoder gets for a signal of this many samples; 0 when the signal is too short for one.
    func outputLength(samples: Int) -> Int {
        let frames = featureExtractor.frameCount(samples: samples)
        return frames > 0 ? adapter.outputLength(frames) : 0
    }

    /// Encodes one utterance.
    /// - Parameters:
    ///   - samples: The normalised signal; ``outputLength(samples:)`` of its length must not be 0.
    ///   - checkCancellation: Called between layers; what it throws ends the work.
    ///   - observe: Called with the hidden states after every stage.
    /// - Returns: `outputLength × dModel`.
    func encode(
        _ samples: [Float], _ compute: ComputeContext, checkCancellation: () throws -> Void = {},
        observe: StageObserver = { _, _ in }
    ) throws -> Matrix {
        let features = featureExtractor.extract(samples, compute)
        let frames = features.rows
        observe(.features, features)
        try checkCancellation()
        featureNorm.apply(features.pointer, rows: frames, into: features.pointer, compute)
        let hidden = Matrix(rows: frames, columns: featureProjection.outputs)
        featureProjection.apply(features.pointer, rows: frames, into: hidden.pointer, compute)
        observe(.projectedFeatures, hidden)
        positionalConvolution.add(to: hidden.pointer, frames: frames, compute)
        observe(.positions, hidden)
        let work = EncoderLayer.Workspace(frames: frames, width: hidden.columns, innerWidth: innerWidth)
        for (index, layer) in layers.enumerated() {
            try checkCancellation()
            layer.apply(hidden.pointer, frames: frames, work, compute)
            observe(.encoderLayer(index), hidden)
        }
        finalNorm.apply(hidden.pointer, rows: frames, into: hidden.pointer, compute)
        observe(.encoderNorm, hidden)
        let adapted = adapter.apply(hidden, compute)
        observe(.adapter, adapted)
        guard let projection else { return adapted }
        let projected = Matrix(rows: adapted.rows, columns: projection.outputs)
        projection.apply(adapted.pointer, rows: adapted.rows, into: projected.pointer, compute)
        return projected
    }
}
