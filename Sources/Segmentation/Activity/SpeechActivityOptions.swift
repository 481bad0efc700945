/// From which probabilities on somebody speaks, and which stretches and pauses count. Lengths are in seconds.
public struct SpeechActivityOptions: Sendable, Hashable {
    /// Probability from which a window counts as speech.
    public var threshold: Double
    /// Probability below which a window is no speech any more; `nil` for 0.15 less than ``threshold``, at least 0.01.
    public var negativeThreshold: Double?
    /// Shortest stretch of speech that counts.
    public var minSpeech: Double
    /// Shortest pause that ends a stretch of speech.
    public var minSilence: Double
    /// Context kept on either side of a stretch of speech, where the pause has room for it.
    public var padding: Double

    /// Creates options: by default those of Silero's own tools, but for more context.
    public init(
        threshold: Double = 0.5, negativeThreshold: Double? = nil, minSpeech: Double = 0.25, minSilence: Double = 0.1,
        padding: Double = 0.2
    ) {
        self.threshold = threshold
        self.negativeThreshold = negativeThreshold
        self.minSpeech = minSpeech
        self.minSilence = minSilence
        self.padding = padding
    }

    /// ``negativeThreshold``, or what it is by default.
    public var effectiveNegativeThreshold: Double { negativeThreshold ?? max(threshold - 0.15, 0.01) }
}
