/// How audio becomes the network's input: `preprocessor_config.json` of a `Wav2Vec2FeatureExtractor`. Only what every
/// XLS-R checkpoint does is accepted: 16 kHz, one channel, each utterance normalised to zero mean and unit variance.
public struct PreprocessorConfiguration: Sendable, Hashable {
    /// Samples per second.
    public let samplingRate: Int

    init(_ file: FileContents) throws(CheckpointError) {
        let reader = try ConfigurationReader(file)
        let type = try reader.string("feature_extractor_type") ?? "Wav2Vec2FeatureExtractor"
        guard type == "Wav2Vec2FeatureExtractor" else {
            throw reader.failure(
                .unsupportedConfiguration, "feature_extractor_type", expected: "\"Wav2Vec2FeatureExtractor\"")
        }
        guard try reader.boolean("do_normalize", default: true) else {
            throw reader.failure(.unsupportedConfiguration, "do_normalize", expected: "true")
        }
        guard try reader.integer("feature_size", in: 1...Int.max) ?? 1 == 1 else {
            throw reader.failure(.unsupportedConfiguration, "feature_size", expected: "1")
        }
        samplingRate = try reader.integer("sampling_rate", in: 1...Int.max) ?? 16_000
        guard samplingRate == 16_000 else {
            throw reader.failure(.unsupportedConfiguration, "sampling_rate", expected: "16000")
        }
    }
}
