/// The shape of the Wav2Vec2 encoder and its adapter: `encoder` in `config.json`, with the defaults of Hugging Face's
/// `Wav2Vec2Config`.
public struct EncoderConfiguration: Sendable, Hashable {
    /// Width of the Transformer layers.
    public let hiddenSize: Int
    /// Number of Transformer layers.
    public let layers: Int
    /// Attention heads per layer; divides ``hiddenSize``.
    public let heads: Int
    /// Width inside the feed-forward blocks.
    public let intermediateSize: Int
    /// Output channels of each layer of the feature extractor.
    public let convDim: [Int]
    /// Kernel of each layer of the feature extractor; as many as ``convDim``.
    public let convKernel: [Int]
    /// Stride of each layer of the feature extractor; as many as ``convDim``.
    public let convStride: [Int]
    /// Whether the feature extractor's convolutions have a bias.
    public let convBias: Bool
    /// Epsilon of the encoder's LayerNorms, except those of the feature extractor and the adapter.
    public let layerNormEpsilon: Float
    /// Activation of the feature extractor and of the positional convolution.
    public let featExtractActivation: Activation
    /// Activation of the feed-forward blocks.
    public let hiddenActivation: Activation
    /// Kernel of the positional convolution.
    public let numConvPosEmbeddings: Int
    /// Groups of the positional convolution; divides ``hiddenSize``.
    public let numConvPosEmbeddingGroups: Int
    /// Kernel of each adapter layer.
    public let adapterKernelSize: Int
    /// Stride of each adapter layer.
    public let adapterStride: Int
    /// Number of adapter layers; 0 without an adapter.
    public let numAdapterLayers: Int
    /// Width of the adapter, and so of the encoder's output. Where it is not ``hiddenSize`` there is a projection.
    public let outputHiddenSize: Int

    init(_ reader: ConfigurationReader) throws(CheckpointError) {
        let type = try reader.string("model_type") ?? "wav2vec2"
        guard type == "wav2vec2" else {
            throw reader.failure(.unsupportedConfiguration, "model_type", expected: "\"wav2vec2\"")
        }
        guard try reader.string("feat_extract_norm") == "layer" else {
            throw reader.failure(.unsupportedConfiguration, "feat_extract_norm", expected: "\"layer\", as XLS-R has it")
        }
        guard try reader.boolean("do_stable_layer_norm", default: false) else {
            throw reader.failure(.unsupportedConfiguration, "do_stable_layer_norm", expected: "true, as XLS-R has it")
        }
        guard reader.value("adapter_attn_dim") == nil else {
            throw reader.failure(
                .unsupportedConfiguration, "adapter_attn_dim", expected: "null: attention adapters are not supported")
        }

        hiddenSize = try reader.integer("hidden_size", in: ConfigurationLimits.width) ?? 768
        layers = try reader.integer("num_hidden_layers", in: ConfigurationLimits.layers) ?? 12
        heads = try reader.divisor("num_attention_heads", of: hiddenSize, named: "hidden_size", default: 12)
        intermediateSize = try reader.integer("intermediate_size", in: ConfigurationLimits.width) ?? 3072
        hiddenActivation = try reader.activation("hidden_act", default: .gelu)
        layerNormEpsilon = try reader.epsilon("layer_norm_eps", default: 1e-5)

        convDim = try reader.integers("conv_dim", in: ConfigurationLimits.width) ?? [512, 512, 512, 512, 512, 512, 512]
        convKernel = try reader.integers("conv_kernel", in: ConfigurationLimits.kernel) ?? [10, 3, 3, 3, 3, 2, 2]
        convStride = try reader.integers("conv_stride", in: ConfigurationLimits.stride) ?? [5, 2, 2, 2, 2, 2, 2]
        guard ConfigurationLimits.convolutionLayers ~= convDim.count else {
            throw reader.failure(
                "conv_dim", expected: "1 to \(ConfigurationLimits.convolutionLayers.upperBound) layers")
        }
        guard convKernel.count == convDim.count, convStride.count == convDim.count else {
            throw CheckpointError(
                .invalidConfiguration,
                "\(reader.path): encoder.conv_dim, conv_kernel and conv_stride have \(convDim.count), \(convKernel.count) and "
                    + "\(convStride.count) elements; expected the same number")
        }
        convBias = try reader.boolean("conv_bias", default: false)
        featExtractActivation = try reader.activation("feat_extract_activation", default: .gelu)
        numConvPosEmbeddings = try reader.integer("num_conv_pos_embeddings", in: ConfigurationLimits.kernel) ?? 128
        numConvPosEmbeddingGroups = try reader.divisor(
            "num_conv_pos_embedding_groups", of: hiddenSize, named: "hidden_size", default: 16)

        let hasAdapter = try reader.boolean("add_adapter", default: false)
        adapterKernelSize = try reader.integer("adapter_kernel_size", in: ConfigurationLimits.adapterKernel) ?? 3
        adapterStride = try reader.integer("adapter_stride", in: ConfigurationLimits.stride) ?? 2
        let adapterLayers = try reader.integer("num_adapter_layers", in: ConfigurationLimits.convolutionLayers) ?? 3
        numAdapterLayers = hasAdapter ? adapterLayers : 0
        let adapterWidth = try reader.integer("output_hidden_size", in: ConfigurationLimits.width) ?? hiddenSize
        outputHiddenSize = hasAdapter ? adapterWidth : hiddenSize
        let strides = convStride + [Int](repeating: adapterStride, count: numAdapterLayers)
        guard let hop = CheckedArithmetic.product(strides), ConfigurationLimits.hop ~= hop else {
            throw reader.failure("conv_stride", expected: "strides whose product, with the adapter's, is a few hundred")
        }
    }
}
