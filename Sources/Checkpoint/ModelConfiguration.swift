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
        guard self.encoder.outputHiddenSize == self.decoder.dModel else {
            throw CheckpointError(
                .unsupportedConfiguration,
                "\(encoder.location("output_hidden_size")) is \(self.encoder.outputHiddenSize); expected decoder.d_model, "
                    + "\(self.decoder.dModel): a projection between encoder and decoder is not supported")
        }
    }
}
