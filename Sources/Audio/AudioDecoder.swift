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
        if let range { try check(range, path: path) }
        let file = try AudioFile(path: path)
        var sound = try SoundFile(ContainerProbe(file).identify(), of: file)
        try check(sound)
        guard let range else { return try read(.max, from: &sound) }
        let start = Self.frames(range.lowerBound, rate: sound.sampleRate)
        let end = Self.frames(range.upperBound, rate: sound.sampleRate)
        guard start < end else {
            throw AudioError(code: .invalidRange, message: "\(path): the range is shorter than one frame")
        }
        try skip(start, of: &sound)
        let clip = try read(end - start, from: &sound)
        guard clip.duration > 0 || start == 0 else { throw Self.startsBehindTheEnd(path) }
        return clip
    }

    /// Reads up to `frames` frames from where the file stands.
    private func read(_ frames: Int64, from sound: inout SoundFile) throws(AudioError) -> AudioClip {
        let cap = Self.frames(limits.seconds, rate: sound.sampleRate)
        var block = Self.block(for: sound)
        var mono: [Float] = []
        var samples: [Float] = []
        var resampler =
            sound.sampleRate == AudioClip.sampleRate
            ? nil : try Resampler(from: sound.sampleRate, to: AudioClip.sampleRate)
        var done: Int64 = 0
        while done < frames {
            let count = try sound.read(into: &block, atMost: frames - done)
            if count == 0 { break }
            Downmix.mean(block.prefix(count * sound.channels), channels: sound.channels, into: &mono)
            guard mono.allSatisfy(\.isFinite) else { throw Self.notFinite(sound.path) }
            done += Int64(count)
            guard done <= cap else {
                throw AudioError(
                    code: .tooLong,
                    message:
                        "\(sound.path): more than \(limits.seconds) s of audio; cut it into pieces, or name a range")
            }
            if resampler == nil {
                samples += mono
            } else {
                try resampler?.process(mono, into: &samples)
            }
        }
        try resampler?.finish(into: &samples)
        // A filter overshoots: what was finite at the top of the float range may no longer be.
        guard samples.allSatisfy(\.isFinite) else { throw Self.notFinite(sound.path) }
        return AudioClip(samples: samples, duration: Double(done) / Double(sound.sampleRate))
    }

    /// Moves forward. Lossy decoders carry state from frame to frame, so only PCM and its like are sought in; the others
    /// are decoded up to there, which gives the same samples as reading the whole.
    private func skip(_ frames: Int64, of sound: inout SoundFile) throws(AudioError) {
        if sound.seeksExactly, frames < sound.frameCount { return try sound.seek(to: frames) }
        var block = Self.block(for: sound)
        var left = frames
        while left > 0 {
            let count = try sound.read(into: &block, atMost: left)
            guard count > 0 else { throw Self.startsBehindTheEnd(sound.path) }
            left -= Int64(count)
        }
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

    private static func block(for sound: borrowing SoundFile) -> [Float] {
        [Float](repeating: 0, count: max(blockCount / sound.channels, 1) * sound.channels)
    }

    /// Seconds in frames: at most what an `Int64` holds, none for what is no time.
    private static func frames(_ seconds: Double, rate: Int) -> Int64 {
        Int64(exactly: (seconds * Double(rate)).rounded()) ?? (seconds > 0 ? .max : 0)
    }

    private static func notFinite(_ path: String) -> AudioError {
        AudioError(code: .invalidSamples, message: "\(path): has samples that are NaN or infinite")
    }

    private static func startsBehindTheEnd(_ path: String) -> AudioError {
        AudioError(code: .invalidRange, message: "\(path): the range starts behind the end of the audio")
    }
}
