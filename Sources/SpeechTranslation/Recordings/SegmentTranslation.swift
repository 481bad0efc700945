/// A stretch of a recording and its translation.
public struct SegmentTranslation: Sendable, Hashable {
    /// Beginning and end in seconds from the start of the recording.
    public var start: Double, end: Double
    /// The translation.
    public var translation: Translation
    /// Seconds in which somebody speaks.
    public var speechSeconds: Double
    /// Mean probability that somebody speaks.
    public var speechProbability: Double
    /// What should be known of it.
    public var remarks: [TranslationRemark] = []
}
