import Checkpoint

/// Every tensor of a packed file: what the network of a configuration reads, in the order in which it reads it.
struct TensorInventory: Sendable {
    /// What the weights of a layer are for, and so in which precision they do well enough.
    enum Role: Sendable, Hashable {
        /// The convolution that reads the signal itself.
        case signal
        case convolution
        /// One group of the positional convolution.
        case positional(group: Int)
        /// Brings the features to the encoder's width.
        case featureProjection
        case attention, feedForward
        case adapter, decoder, vocabulary
    }

    struct Item: Sendable {
        let name: String
        /// Outputs and inputs of a linear layer; outputs, input channels and taps of a convolution.
        let shape: [Int]
        /// `nil` for what is no layer's weights.
        let role: Role?
    }

    private(set) var items: [Item] = []

    /// - Parameter vocabularySize: how many tokens are kept; `nil` for all.
    init(_ checkpoint: Checkpoint, vocabularySize: Int? = nil) {
        addEncoder(checkpoint.configuration)
        addDecoder(checkpoint, vocabularySize ?? checkpoint.configuration.decoder.vocabularySize)
    }

    private mutating func addEncoder(_ configuration: ModelConfiguration) {
        let encoder = configuration.encoder
        let width = encoder.hiddenSize
        var inputs = 1
        for (index, outputs) in encoder.convDim.enumerated() {
            let name = "encoder.feature_extractor.conv_layers.\(index)"
            let role: Role = index == 0 ? .signal : .convolution
            add("\(name).conv.weight", [outputs, inputs, encoder.convKernel[index]], role)
            if encoder.convBias { add("\(name).conv.bias", [outputs]) }
            addNorm("\(name).layer_norm", outputs)
            inputs = outputs
        }
        addNorm("encoder.feature_projection.layer_norm", inputs)
        addLinear("encoder.feature_projection.projection", inputs: inputs, outputs: width, .featureProjection)
        let groups = encoder.numConvPosEmbeddingGroups
        for group in 0..<groups {
            let shape = [width / groups, width / groups, encoder.numConvPosEmbeddings]
            add(PositionalWeights.packedName(group: group), shape, .positional(group: group))
        }
        add("\(PositionalWeights.name).bias", [width])
        for index in 0..<encoder.layers {
            let name = "encoder.encoder.layers.\(index)"
            addNorm("\(name).layer_norm", width)
            for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                addLinear("\(name).attention.\(projection)", inputs: width, outputs: width, .attention)
            }
            addNorm("\(name).final_layer_norm", width)
            let inner = encoder.intermediateSize
            addLinear("\(name).feed_forward.intermediate_dense", inputs: width, outputs: inner, .feedForward)
            addLinear("\(name).feed_forward.output_dense", inputs: inner, outputs: width, .feedForward)
        }
        addNorm("encoder.encoder.layer_norm", width)
        addAdapter(encoder, decoderWidth: configuration.decoder.dModel)
    }

    private mutating func addAdapter(_ encoder: EncoderConfiguration, decoderWidth: Int) {
        let width = encoder.outputHiddenSize
        if encoder.hiddenSize != width {
            addLinear("encoder.adapter.proj", inputs: encoder.hiddenSize, outputs: width, .adapter)
            addNorm("encoder.adapter.proj_layer_norm", width)
        }
        for index in 0..<encoder.numAdapterLayers {
            let name = "encoder.adapter.layers.\(index).conv"
            add("\(name).weight", [2 * width, width, encoder.adapterKernelSize], .adapter)
            add("\(name).bias", [2 * width])
        }
        if width != decoderWidth {
            addLinear("enc_to_dec_proj", inputs: width, outputs: decoderWidth, .adapter)
        }
    }

    private mutating func addDecoder(_ checkpoint: Checkpoint, _ vocabularySize: Int) {
        let decoder = checkpoint.configuration.decoder
        let width = decoder.dModel
        let prefix = "decoder.model.decoder"
        let (embedding, projection) = checkpoint.vocabularyNames
        add(projection, [vocabularySize, width], .vocabulary)
        if embedding != projection { add(embedding, [vocabularySize, width], .vocabulary) }
        add("\(prefix).embed_positions.weight", [decoder.maxPositions + 2, width])
        addNorm("\(prefix).layernorm_embedding", width)
        for index in 0..<decoder.layers {
            let name = "\(prefix).layers.\(index)"
            for attention in ["self_attn", "encoder_attn"] {
                addNorm("\(name).\(attention)_layer_norm", width)
                for projection in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                    addLinear("\(name).\(attention).\(projection)", inputs: width, outputs: width, .decoder)
                }
            }
            addNorm("\(name).final_layer_norm", width)
            addLinear("\(name).fc1", inputs: width, outputs: decoder.ffnDim, .decoder)
            addLinear("\(name).fc2", inputs: decoder.ffnDim, outputs: width, .decoder)
        }
        addNorm("\(prefix).layer_norm", width)
    }

    private mutating func addLinear(_ name: String, inputs: Int, outputs: Int, _ role: Role) {
        add("\(name).weight", [outputs, inputs], role)
        add("\(name).bias", [outputs])
    }

    private mutating func addNorm(_ name: String, _ width: Int) {
        add("\(name).weight", [width])
        add("\(name).bias", [width])
    }

    private mutating func add(_ name: String, _ shape: [Int], _ role: Role? = nil) {
        items.append(Item(name: name, shape: shape, role: role))
    }
}
