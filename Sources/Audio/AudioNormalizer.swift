/// The feature extractor's normalisation of one utterance.
public enum AudioNormalizer {
    /// Makes the mean 0 and the variance 1: `y = (x − mean) / sqrt(variance + 1e-7)`, with the population variance and
    /// statistics in double precision (`zero_mean_unit_var_norm` of Hugging Face's `Wav2Vec2FeatureExtractor`).
    /// - Parameter samples: Any number of samples, at any scale.
    /// - Returns: As many samples; zeros for constant input.
    public static func normalize(_ samples: [Float]) -> [Float] {
        guard !samples.isEmpty else { return [] }
        let count = Double(samples.count)
        let mean = samples.reduce(0.0) { $0 + Double($1) } / count
        let variance =
            samples.reduce(0.0) { sum, sample in
                let deviation = Double(sample) - mean
                return sum + deviation * deviation
            } / count
        let scale = 1 / (variance + 1e-7).squareRoot()
        return samples.map { Float((Double($0) - mean) * scale) }
    }
}
