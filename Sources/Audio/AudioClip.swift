/// Speech as the encoder takes it.
public struct AudioClip: Sendable, Hashable {
    /// Samples per second of ``samples``.
    public static let sampleRate = 16_000

    /// Mono samples at 16 kHz, nominally -1…1 (decoders may go beyond), not normalised.
    public let samples: [Float]
    /// Seconds of source audio they were made from: decoded frames over the file's own sample rate.
    public let duration: Double

    /// Creates a clip from samples at 16 kHz and the seconds of source audio they stand for.
    public init(samples: [Float], duration: Double) {
        self.samples = samples
        self.duration = duration
    }
}
