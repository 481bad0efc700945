import Testing

@testable import Checkpoint

@Suite struct ModelConfigurationTests {
    @Test func readsEveryField() throws {
        let folder = try CheckpointFolder("tinywide")
        try folder.set([
            "encoder.conv_bias": "false", "encoder.layer_norm_eps": "2e-05", "encoder.hidden_act": #""gelu_new""#,
            "encoder.feat_extract_activation": #""silu""#, "encoder.adapter_kernel_size": "2",
            "encoder.adapter_stride": "3",
            "encoder.num_adapter_layers": "2", "decoder.tie_word_embeddings": "false",
            "decoder.activation_function": #""gelu""#,
            "decoder.scale_embedding": "false",
        ])
        let configuration = try folder.load().configuration
        let encoder = configuration.encoder
        #expect(encoder.hiddenSize == 40 && encoder.layers == 2 && encoder.heads == 4 && encoder.intermediateSize == 64)
        #expect(encoder.convDim == [16, 16, 16, 16, 16, 16, 16])
        #expect(encoder.convKernel == [10, 3, 3, 3, 3, 2, 2] && encoder.convStride == [5, 2, 2, 2, 2, 2, 2])
        #expect(!encoder.convBias && encoder.layerNormEpsilon == 2e-5)
        #expect(encoder.hiddenActivation == .geluTanh && encoder.featExtractActivation == .silu)
        #expect(encoder.numConvPosEmbeddings == 16 && encoder.numConvPosEmbeddingGroups == 4)
        #expect(encoder.adapterKernelSize == 2 && encoder.adapterStride == 3 && encoder.numAdapterLayers == 2)
        #expect(encoder.outputHiddenSize == 32)
        let decoder = configuration.decoder
        #expect(decoder.dModel == 32 && decoder.layers == 2 && decoder.heads == 4 && decoder.ffnDim == 64)
        #expect(decoder.maxPositions == 64 && decoder.vocabularySize == 118)
        #expect(decoder.activation == .gelu && !decoder.scaleEmbedding && !decoder.tieWordEmbeddings)
    }

    /// The defaults of `Wav2Vec2Config` and `MBartConfig` in transformers 5.23.
    @Test func hasHuggingFacesDefaults() throws {
        let folder = try CheckpointFolder()
        let encoder =
            #"{"feat_extract_norm":"layer","do_stable_layer_norm":true,"add_adapter":true,"hidden_size":1024,"#
            + #""num_attention_heads":16,"output_hidden_size":null,"unknown":[{"x":1e-05}]}"#
        try folder.write(
            Array(
                #"{"model_type":"speech-encoder-decoder","encoder":\#(encoder),"decoder":{"model_type":"mbart"}}"#.utf8),
            to: "config.json")
        let configuration = try folder.load().configuration
        #expect(configuration.encoder.layers == 12 && configuration.encoder.intermediateSize == 3072)
        #expect(configuration.encoder.convDim == [Int](repeating: 512, count: 7) && !configuration.encoder.convBias)
        #expect(configuration.encoder.convKernel == [10, 3, 3, 3, 3, 2, 2])
        #expect(configuration.encoder.convStride == [5, 2, 2, 2, 2, 2, 2])
        #expect(configuration.encoder.layerNormEpsilon == 1e-5 && configuration.encoder.hiddenActivation == .gelu)
        #expect(
            configuration.encoder.numConvPosEmbeddings == 128 && configuration.encoder.numConvPosEmbeddingGroups == 16)
        #expect(configuration.encoder.adapterKernelSize == 3 && configuration.encoder.adapterStride == 2)
        #expect(configuration.encoder.numAdapterLayers == 3 && configuration.encoder.outputHiddenSize == 1024)
        let decoder = configuration.decoder
        #expect(decoder.dModel == 1024 && decoder.layers == 12 && decoder.heads == 16 && decoder.ffnDim == 4096)
        #expect(decoder.maxPositions == 1024 && decoder.activation == .gelu && !decoder.scaleEmbedding)
        #expect(decoder.vocabularySize == 50265 && decoder.tieWordEmbeddings)
    }

    @Test(arguments: [
        ("model_type", "\"vision-encoder-decoder\""), ("model_type", ""), ("encoder.model_type", "\"hubert\""),
        ("decoder.model_type", "\"bert\""), ("decoder.model_type", ""), ("encoder.feat_extract_norm", "\"group\""),
        ("encoder.feat_extract_norm", ""), ("encoder.do_stable_layer_norm", "false"),
        ("encoder.do_stable_layer_norm", ""),
        ("encoder.adapter_attn_dim", "16"),
        ("encoder.hidden_act", "\"mish\""), ("encoder.feat_extract_activation", "\"tanh\""),
        ("decoder.activation_function", "\"\""), ("encoder.output_hidden_size", "48"),
        ("decoder.cross_attention_hidden_size", "32"),
    ])
    func refusesOtherNetworks(_ field: String, _ value: String) throws {
        try expectFailure(.unsupportedConfiguration, field, value)
    }

    @Test(arguments: [
        ("encoder", "[]"), ("encoder", ""), ("decoder", "1"), ("decoder", ""), ("encoder.hidden_size", "0"),
        ("encoder.hidden_size", "-32"),
        ("encoder.hidden_size", "\"32\""), ("encoder.hidden_size", "32.5"),
        ("encoder.hidden_size", "4611686018427387904"),
        ("encoder.hidden_size", "1e30"), ("encoder.num_hidden_layers", "0"),
        ("encoder.num_hidden_layers", "1000000000"),
        ("encoder.num_attention_heads", "5"), ("encoder.num_attention_heads", "0"),
        ("encoder.num_attention_heads", "64"),
        ("encoder.intermediate_size", "true"), ("encoder.conv_dim", "[]"), ("encoder.conv_dim", "16"),
        ("encoder.conv_dim", "[16]"),
        ("encoder.conv_dim", "[16,16,16,0,16,16,16]"), ("encoder.conv_stride", "[5,2]"),
        ("encoder.conv_stride", "[0,2,2,2,2,2,2]"),
        ("encoder.conv_stride", "[5,2,2,2,2,2,1000000]"),
        ("encoder.conv_stride", "[4096,4096,4096,4096,4096,4096,4096]"),
        ("encoder.conv_kernel", "[10,3,3,3,3,2,\"2\"]"),
        ("encoder.conv_bias", "1"),
        ("encoder.layer_norm_eps", "0"), ("encoder.layer_norm_eps", "-1e-5"), ("encoder.layer_norm_eps", "\"1e-5\""),
        ("encoder.layer_norm_eps", "1e-300"), ("encoder.num_conv_pos_embeddings", "0"),
        ("encoder.num_conv_pos_embedding_groups", "3"),
        ("encoder.adapter_kernel_size", "0"), ("encoder.adapter_kernel_size", "4"), ("encoder.adapter_stride", "0"),
        ("encoder.num_adapter_layers", "1000"),
        ("decoder.d_model", "0"), ("decoder.decoder_layers", "-1"), ("decoder.decoder_attention_heads", "3"),
        ("decoder.decoder_ffn_dim", "0"),
        ("decoder.max_position_embeddings", "0"), ("decoder.vocab_size", "0"), ("decoder.vocab_size", "999999999999"),
        ("decoder.scale_embedding", "\"yes\""), ("decoder.tie_word_embeddings", "0"), ("model_type", "7"),
    ])
    func refusesInvalidValues(_ field: String, _ value: String) throws {
        try expectFailure(.invalidConfiguration, field, value)
    }

    private func expectFailure(_ code: CheckpointError.Code, _ field: String, _ value: String) throws {
        let folder = try CheckpointFolder()
        try folder.set([field: value])
        Loading.expect(code, mentions: field.split(separator: ".").last.map(String.init) ?? field) {
            _ = try folder.load()
        }
    }

    @Test(arguments: ["", "{", "[]", "null", "{\"model_type\":\"speech-encoder-decoder\",}"])
    func refusesWhatIsNotAConfiguration(_ text: String) throws {
        let folder = try CheckpointFolder()
        try folder.write(Array(text.utf8), to: "config.json")
        Loading.expect(.malformedFile, mentions: "config.json") { _ = try folder.load() }
    }
}
