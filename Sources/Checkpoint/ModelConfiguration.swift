/// The network a checkpoint describes: `config.json` of a Hugging Face `SpeechEncoderDecoderModel` with a Wav2Vec2
/// encoder and an mBART decoder.
public struct ModelConfiguration: Sendable, Hashable {
    /// The Wav2Vec2 encoder and its adapter.
    public let encoder: EncoderConfiguration
    /// The mBART decoder.
    public let decoder: DecoderConfiguration

    init(_ reader: ConfigurationReader) throws(CheckpointError) {
        // The repository's name says nothing: the same files under another type are another network.
        guard try reader.string("model_type") == "speech-encoder-decoder" else {
            throw reader.failure(.unsupportedConfiguration, "model_type", expected: "\"speech-encoder-decoder\"")
        }
        guard let encoder = try reader.object("encoder") else { throw reader.failure("encoder", expected: "an object") }
        guard let decoder = try reader.object("decoder") else { throw reader.failure("decoder", expected: "an object") }
        self.encoder = try EncoderConfiguration(encoder)
        self.decoder = try DecoderConfiguration(decoder)
        // transformers gives the projection the encoder's width as input, whatever the adapter's is.
        let width = self.encoder.outputHiddenSize
        guard width == self.decoder.dModel || width == self.encoder.hiddenSize else {
            throw CheckpointError(
                .unsupportedConfiguration,
                "\(encoder.location("output_hidden_size")) is \(width); expected decoder.d_model, "
                    + "\(self.decoder.dModel), or encoder.hidden_size, \(self.encoder.hiddenSize)")
        }
        guard decoder.value("cross_attention_hidden_size") == nil else {
            throw decoder.failure(.unsupportedConfiguration, "cross_attention_hidden_size", expected: "null")
        }
    }
}
