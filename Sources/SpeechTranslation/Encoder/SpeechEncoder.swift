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
        takesSeveral = featureProjection.packedPrecision != nil && layers.allSatisfy(\.isPacked)
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

    /// Whether utterances may be encoded together. OpenBLAS, which multiplies weights as they are published, may give a
    /// row other bits among others.
    let takesSeveral: Bool

    /// Frames that the decoder gets for a signal of this many samples; 0 when the signal is too short for one.
    func outputLength(samples: Int) -> Int {
        let frames = featureExtractor.frameCount(samples: samples)
        return frames > 0 ? adapter.outputLength(frames) : 0
    }

    /// Encodes utterances, all rows of which go through the linear layers together: without padding, and each with the
    /// result that it has alone.
    /// - Parameters:
    ///   - utterances: Normalised signals; ``outputLength(samples:)`` of their lengths must not be 0. Weights as published
    ///     take one at a time (see ``takesSeveral``).
    ///   - checkCancellation: Called between layers, and before them now and then; what it throws ends the work.
    ///   - observe: Called with the hidden states after every stage; after the adapter with those of one utterance.
    /// - Returns: `outputLength × dModel` for each.
    func encode(
        _ utterances: [[Float]], _ compute: ComputeContext, checkCancellation: () throws -> Void = {},
        observe: StageObserver = { _, _ in }
    ) throws -> [EncodedFrames] {
        var frames = 0
        let rows = utterances.map { samples in
            let count = featureExtractor.frameCount(samples: samples.count)
            defer { frames += count }
            return frames..<frames + count
        }
        let hidden = try features(utterances, rows, frames: frames, compute, checkCancellation, observe)
        let work = EncoderLayer.Workspace(frames: frames, width: hidden.columns, innerWidth: innerWidth)
        for (index, layer) in layers.enumerated() {
            try checkCancellation()
            layer.apply(hidden.pointer, rows, work, compute)
            observe(.encoderLayer(index), hidden)
        }
        finalNorm.apply(hidden.pointer, rows: frames, into: hidden.pointer, compute)
        observe(.encoderNorm, hidden)
        return rows.map { adapted(hidden.row($0.lowerBound), frames: $0.count, compute, observe) }
    }

    /// The hidden states that enter the first layer.
    private func features(
        _ utterances: [[Float]], _ rows: [Range<Int>], frames: Int, _ compute: ComputeContext,
        _ checkCancellation: () throws -> Void, _ observe: StageObserver
    ) throws -> Matrix {
        let features = Matrix(rows: frames, columns: featureExtractor.channels)
        for (samples, rows) in zip(utterances, rows) {
            try featureExtractor.extract(
                samples, into: features.row(rows.lowerBound), compute, checkCancellation: checkCancellation)
        }
        observe(.features, features)
        featureNorm.apply(features.pointer, rows: frames, into: features.pointer, compute)
        let hidden = Matrix(rows: frames, columns: featureProjection.outputs)
        featureProjection.apply(features.pointer, rows: frames, into: hidden.pointer, compute)
        observe(.projectedFeatures, hidden)
        for rows in rows {
            try checkCancellation()
            positionalConvolution.add(to: hidden.row(rows.lowerBound), frames: rows.count, compute)
        }
        observe(.positions, hidden)
        return hidden
    }

    private func adapted(
        _ hidden: UnsafePointer<Float>, frames: Int, _ compute: ComputeContext, _ observe: StageObserver
    ) -> EncodedFrames {
        let adapted = adapter.apply(hidden, frames: frames, compute)
        observe(.adapter, adapted)
        guard let projection else { return EncodedFrames(adapted) }
        let projected = Matrix(rows: adapted.rows, columns: projection.outputs)
        projection.apply(adapted.pointer, rows: adapted.rows, into: projected.pointer, compute)
        return EncodedFrames(projected)
    }
}
