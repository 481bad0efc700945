import Audio

/// A stretch of a recording: a segment, or what lies between segments. They follow each other without gap or overlap.
public struct AudioSegment: Sendable, Hashable {
    /// Beginning and end in seconds from the start of the recording.
    public var start: Double, end: Double
    /// The samples it is made of, numbered from the first that was read.
    public var range: Range<Int>
    /// The samples, 16 kHz, mono; none of what lies between segments.
    public var samples: [Float]
    /// Whether somebody speaks in it.
    public var isSpeech: Bool
    /// Whether it is the whole recording, uncut.
    public var isWhole: Bool
    /// Seconds of its windows that count as speech.
    public var speechSeconds: Double
    /// Mean probability of its windows.
    public var speechProbability: Double

    /// Creates a stretch.
    public init(
        start: Double, end: Double, range: Range<Int>, samples: [Float], isSpeech: Bool, isWhole: Bool,
        speechSeconds: Double, speechProbability: Double
    ) {
        self.start = start
        self.end = end
        self.range = range
        self.samples = samples
        self.isSpeech = isSpeech
        self.isWhole = isWhole
        self.speechSeconds = speechSeconds
        self.speechProbability = speechProbability
    }

    /// Its length in seconds.
    public var seconds: Double { end - start }
}
