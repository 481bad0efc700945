/// Decodes audio files to 16 kHz mono through libsndfile and libsoxr, in blocks: memory is the result plus one block,
/// whatever the file holds.
///
/// Read are WAV and RF64 (PCM, float, A-law, µ-law, GSM 6.10), FLAC, Ogg (Vorbis, Opus), MP3, and AIFF and AU (PCM,
/// float, A-law, µ-law). Files are untrusted: container and codec are checked against that list before libsndfile sees
/// a byte, since its parsers already run when it opens a file, and again before a frame is read.
///
/// The samples are those of Python's `soundfile.read(dtype="float32")`, `mean(axis=1)` and
/// `soxr.resample(…, 16000, "HQ")`.
public struct AudioDecoder: Sendable {
    /// The caps in force.
    public let limits: AudioLimits

    /// Interleaved samples per block. The result does not depend on it.
    private static let blockCount = 65_536

    /// Creates a decoder.
    public init(limits: AudioLimits = .init()) {
        self.limits = limits
    }

    /// Decodes a file, or a piece of it. Blocks its thread while it reads and computes.
    /// - Parameters:
    ///   - path: A regular file.
    ///   - range: Seconds from the start of the file, rounded to the file's frames, so that `a..<b` and `b..<c` share
    ///     none and miss none. An end behind the end of the audio means the end of the audio. `nil` for everything.
    /// - Returns: The samples; none for a file without frames. A file that was cut short gives what is there.
    /// - Throws: ``AudioError``.
    public func decode(path: String, range: Range<Double>? = nil) throws(AudioError) -> AudioClip {
        var reader = try open(path: path, range: range, cap: limits.seconds)
        var samples: [Float] = []
        while try reader.read(into: &samples) {}
        return AudioClip(samples: samples, duration: reader.duration)
    }

    /// Opens a file, or a piece of it, to be read block by block. Blocks its thread; parameters as those of
    /// ``decode(path:range:)``.
    /// - Parameter isStream: whether the samples are not kept together: then ``AudioLimits/streamSeconds`` is the limit.
    /// - Throws: ``AudioError``.
    public func open(
        path: String, range: Range<Double>? = nil, isStream: Bool = true
    ) throws(AudioError) -> AudioReader {
        try open(path: path, range: range, cap: isStream ? limits.streamSeconds : limits.seconds)
    }

    private func open(path: String, range: Range<Double>?, cap: Double) throws(AudioError) -> AudioReader {
        if let range { try check(range, path: path) }
        let file = try AudioFile(path: path)
        let sound = try SoundFile(ContainerProbe(file).identify(), of: file)
        try check(sound)
        guard let range else {
            return try AudioReader(sound, range: 0..<Int64.max, cap: cap, blockCount: Self.blockCount)
        }
        let start = AudioReader.frames(range.lowerBound, rate: sound.sampleRate)
        let end = AudioReader.frames(range.upperBound, rate: sound.sampleRate)
        guard start < end else {
            throw AudioError(code: .invalidRange, message: "\(path): the range is shorter than one frame")
        }
        return try AudioReader(sound, range: start..<end, cap: cap, blockCount: Self.blockCount)
    }

    private func check(_ range: Range<Double>, path: String) throws(AudioError) {
        guard range.lowerBound >= 0, range.lowerBound <= limits.startSeconds, range.lowerBound < range.upperBound else {
            throw AudioError(
                code: .invalidRange,
                message: "\(path): the range \(range) s is empty or does not start within 0...\(limits.startSeconds) s")
        }
    }

    private func check(_ sound: borrowing SoundFile) throws(AudioError) {
        guard 1...max(1, limits.channels) ~= sound.channels else {
            throw AudioError(
                code: .tooManyChannels, message: "\(sound.path): \(sound.channels) channels, \(limits.channels) at most"
            )
        }
        guard limits.sampleRates.contains(sound.sampleRate) else {
            throw AudioError(
                code: .unsupportedSampleRate,
                message: "\(sound.path): a sample rate of \(sound.sampleRate) Hz is outside \(limits.sampleRates)")
        }
    }
}
