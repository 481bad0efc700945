/// What ``AudioDecoder`` accepts of one file. The caps bound its memory and time whatever a file claims to be.
public struct AudioLimits: Sendable, Hashable {
    /// Longest piece of audio that one call decodes, in seconds. 600 s are 38 MB of samples.
    public var seconds: Double
    /// Longest audio that is read block by block, in seconds.
    public var streamSeconds: Double
    /// Furthest start of a range, in seconds. Lossy formats have to be decoded up to it.
    public var startSeconds: Double
    /// Most channels.
    public var channels: Int
    /// Sample rates, in hertz.
    public var sampleRates: ClosedRange<Int>

    /// Creates limits: by default 10 minutes at once and 24 hours block by block, starting within the first 24 hours, 32
    /// channels, 1 to 768 kHz.
    public init(
        seconds: Double = 600, streamSeconds: Double = 86_400, startSeconds: Double = 86_400, channels: Int = 32,
        sampleRates: ClosedRange<Int> = 1_000...768_000
    ) {
        self.seconds = seconds
        self.streamSeconds = streamSeconds
        self.startSeconds = startSeconds
        self.channels = channels
        self.sampleRates = sampleRates
    }
}
