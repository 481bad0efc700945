import Checkpoint
import Compute

/// The mBART decoder: reads one token per row and gives the hidden state from which the next is predicted.
struct TextDecoder: Sendable {
    /// mBART's learned positions start at row 2 of their table.
    private static let positionOffset = 2

    let layers: [DecoderLayer]
    let width: Int
    private let innerWidth: Int
    private let embedding: TokenEmbedding
    private let embeddingScale: Float
    private let positions: Float32Tensor
    private let embeddingNorm: LayerNormalization
    private let finalNorm: LayerNormalization

    init(_ checkpoint: Checkpoint, embedding: TokenEmbedding) throws {
        let configuration = checkpoint.configuration.decoder
        let name = "decoder.model.decoder"
        width = configuration.dModel
        innerWidth = configuration.ffnDim
        self.embedding = embedding
        embeddingScale = configuration.scaleEmbedding ? Float(width).squareRoot() : 1
        positions = try checkpoint.tensor(
            "\(name).embed_positions.weight",
            shape: [configuration.maxPositions + Self.positionOffset, width])
        embeddingNorm = try LayerNormalization(checkpoint, "\(name).layernorm_embedding", width: width)
        layers = try (0..<configuration.layers).map { try DecoderLayer(checkpoint, index: $0) }
        finalNorm = try LayerNormalization(checkpoint, "\(name).layer_norm", width: width)
    }

    /// What the decoder needs of an encoded utterance.
    func memory(for encoded: borrowing Matrix, beams: Int, _ compute: ComputeContext) -> UtteranceMemory {
        UtteranceMemory(
            frames: CrossAttentionMemory(encoded, layers: layers, compute),
            tokens: SelfAttentionCache(layers: layers.count, slots: beams, width: width))
    }

    /// The most bytes that an utterance's memory may take.
    func memoryByteCount(frames: Int, _ settings: SearchSettings) -> Int {
        // Keys and values, float32.
        2 * layers.count * width * 4 * (frames + settings.beams * settings.maxLength)
    }

    /// Buffers for steps of so many rows that attend to so many positions.
    func makeWorkspace(rows: Int, positions: Int) -> DecoderWorkspace {
        DecoderWorkspace(rows: rows, width: width, innerWidth: innerWidth, positions: positions)
    }

    /// One step of all rows, each at its own position; their caches have begun it.
    ///
    /// The hidden states, after the final normalisation, are left in `work.hidden`. A row's result does not depend on the
    /// rows beside it.
    /// - Parameter observe: Called with the hidden states after every stage.
    func step(
        _ rows: [DecoderRow], _ work: DecoderWorkspace, _ compute: ComputeContext,
        observe: StageObserver = { _, _ in }
    ) {
        for (index, row) in rows.enumerated() {
            let target = work.hidden.row(index)
            embedding.copy(row.token, into: target)
            let position = positions.pointer + (row.position + Self.positionOffset) * width
            for i in 0..<width { target[i] = target[i] * embeddingScale + position[i] }
        }
        embeddingNorm.apply(work.hidden.pointer, rows: rows.count, into: work.hidden.pointer, compute)
        observe(.embedding, work.hidden)
        for (index, layer) in layers.enumerated() {
            layer.apply(work, rows, compute)
            observe(.decoderLayer(index), work.hidden)
        }
        finalNorm.apply(work.hidden.pointer, rows: rows.count, into: work.hidden.pointer, compute)
        observe(.decoderNorm, work.hidden)
    }
}
