/// How a recording is cut into utterances. Lengths are in seconds.
public struct SegmentationOptions: Sendable, Hashable {
    /// Where it is cut.
    public enum Method: String, Sendable, CaseIterable {
        /// Nowhere.
        case whole
        /// At pauses near the target length: the hybrid of Gaido et al. 2021, "Beyond Voice Activity Detection".
        case pauses
        /// Recursively where speech is least likely, until all is shorter than the greatest length: the probabilistic
        /// divide-and-conquer of SHAS (Tsiamas et al. 2022), over the probabilities of ``SpeechDetector``.
        case divideAndConquer = "divide-and-conquer"
        /// Every target length, whatever is said there.
        case fixed
    }

    /// `nil`: at pauses.
    public var method: Method?
    /// Shortest segment, but for what lies alone between long pauses.
    public var minLength: Double
    /// Wanted length.
    public var targetLength: Double
    /// Longest segment; a recording that is no longer is not cut.
    public var maxLength: Double
    /// A pause that ends a segment even where it is far from the wanted length.
    public var longPause: Double
    /// What counts as speech.
    public var activity: SpeechActivityOptions

    /// Creates options.
    public init(
        method: Method? = nil, minLength: Double = 1.5, targetLength: Double = 6, maxLength: Double = 20,
        longPause: Double = 0.5, activity: SpeechActivityOptions = SpeechActivityOptions()
    ) {
        self.method = method
        self.minLength = minLength
        self.targetLength = targetLength
        self.maxLength = maxLength
        self.longPause = longPause
        self.activity = activity
    }

    /// Seconds of audio that are held at a time at most: what is known ahead of a cut, and some segments.
    public func secondsHeld(segmentsAhead: Int) -> Double {
        let ahead = Double(Segmenter.lookahead(self)) * SpeechDetector.windowSeconds
        // A block of audio is a few seconds at a low sample rate.
        return max(ahead, maxLength) + Double(segmentsAhead) * maxLength + 10
    }

    /// Checks that the numbers go together.
    /// - Throws: ``SegmentationError`` that names the first that does not.
    public func validate() throws(SegmentationError) {
        func check(_ isRight: Bool, _ message: String) throws(SegmentationError) {
            guard isRight else { throw SegmentationError(message) }
        }
        try check((1...60).contains(maxLength), "max length: expected 1 to 60 seconds, not \(maxLength)")
        try check(
            (0.1...(maxLength / 2)).contains(minLength),
            "min length: expected 0.1 seconds to half of the max length (\(maxLength)), not \(minLength)")
        try check(
            (minLength...maxLength).contains(targetLength),
            "target length: expected the min length (\(minLength)) to the max length (\(maxLength)), not \(targetLength)"
        )
        try check((0.1...60).contains(longPause), "long pause: expected 0.1 to 60 seconds, not \(longPause)")
        try check(
            (0.01...1).contains(activity.threshold), "speech threshold: expected 0.01 to 1, not \(activity.threshold)")
        if let negative = activity.negativeThreshold {
            try check(
                (0...activity.threshold).contains(negative),
                "negative threshold: expected 0 to the speech threshold (\(activity.threshold)), not \(negative)")
        }
        try check(
            (0...10).contains(activity.minSpeech), "min speech: expected 0 to 10 seconds, not \(activity.minSpeech)")
        try check(
            (0...10).contains(activity.minSilence), "min silence: expected 0 to 10 seconds, not \(activity.minSilence)")
        try check((0...5).contains(activity.padding), "padding: expected 0 to 5 seconds, not \(activity.padding)")
    }
}
