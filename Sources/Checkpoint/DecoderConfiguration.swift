/// The shape of the mBART decoder: `decoder` in `config.json`, with the defaults of Hugging Face's `MBartConfig`.
public struct DecoderConfiguration: Sendable, Hashable {
    /// Width of the Transformer layers.
    public let dModel: Int
    /// Number of Transformer layers.
    public let layers: Int
    /// Attention heads per layer; divides ``dModel``.
    public let heads: Int
    /// Width inside the feed-forward blocks.
    public let ffnDim: Int
    /// Longest sequence, the start token included. The position table has two rows more.
    public let maxPositions: Int
    /// Activation of the feed-forward blocks.
    public let activation: Activation
    /// Whether token embeddings are multiplied by the square root of ``dModel``.
    public let scaleEmbedding: Bool
    /// Rows of the token embedding and of the output projection.
    public let vocabularySize: Int
    /// Whether the output projection may be left out of the weights because it is the token embedding.
    public let tieWordEmbeddings: Bool

    init(_ reader: ConfigurationReader) throws(CheckpointError) {
        guard try reader.string("model_type") == "mbart" else {
            throw reader.failure(.unsupportedConfiguration, "model_type", expected: "\"mbart\"")
        }
        dModel = try reader.integer("d_model", in: ConfigurationLimits.width) ?? 1024
        layers = try reader.integer("decoder_layers", in: ConfigurationLimits.layers) ?? 12
        heads = try reader.divisor("decoder_attention_heads", of: dModel, named: "d_model", default: 16)
        ffnDim = try reader.integer("decoder_ffn_dim", in: ConfigurationLimits.width) ?? 4096
        maxPositions = try reader.integer("max_position_embeddings", in: ConfigurationLimits.positions) ?? 1024
        activation = try reader.activation("activation_function", default: .gelu)
        scaleEmbedding = try reader.boolean("scale_embedding", default: false)
        vocabularySize = try reader.integer("vocab_size", in: ConfigurationLimits.vocabulary) ?? 50265
        tieWordEmbeddings = try reader.boolean("tie_word_embeddings", default: true)
    }
}
