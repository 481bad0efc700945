/// What a file's headers say of the audio in it. Nothing is decoded, so that damage further on is not seen.
public struct AudioProbe: Sendable, Hashable {
    /// Length in seconds; `nil` where the headers don't tell.
    public let duration: Double?
    /// Frames per second.
    public let sampleRate: Int
    /// Number of channels.
    public let channels: Int

    /// Longer than any recording: libsndfile's way to say that it does not know is a huge number.
    private static let plausibleSeconds = 1e9

    /// Reads a file's headers. Blocks its thread while it does.
    /// - Throws: ``AudioError`` when there is no such file, or it is none that ``AudioDecoder`` would read.
    public init(path: String) throws(AudioError) {
        let file = try AudioFile(path: path)
        let sound = try SoundFile(ContainerProbe(file).identify(), of: file)
        let seconds = Double(sound.frameCount) / Double(sound.sampleRate)
        duration = (0..<Self.plausibleSeconds).contains(seconds) ? seconds : nil
        sampleRate = sound.sampleRate
        channels = sound.channels
    }
}
