/// Reads a file, or a piece of it, from front to back as 16 kHz mono, a block at a time: memory does not grow with the
/// file. ``AudioDecoder`` opens one; the samples are those it gives at once.
public struct AudioReader: ~Copyable {
    /// The file.
    public let path: String

    private var sound: SoundFile
    private var resampler: Resampler?
    private var block: [Float]
    private var mono: [Float] = []
    private let range: Range<Int64>
    /// Most seconds.
    private let cap: Double
    private var done: Int64 = 0
    private var hasEnded = false

    /// Seconds of source audio read so far: decoded frames over the file's own sample rate.
    public var duration: Double { Double(done) / Double(sound.sampleRate) }

    /// Reads frames of `range` from an open file that stands at its beginning.
    init(
        _ sound: consuming SoundFile, range: Range<Int64>, cap: Double, blockCount: Int
    ) throws(AudioError) {
        var block = [Float](repeating: 0, count: max(blockCount / sound.channels, 1) * sound.channels)
        var file = sound
        try Self.skip(range.lowerBound, of: &file, block: &block)
        let resampler: Resampler? =
            file.sampleRate == AudioClip.sampleRate
            ? nil : try Resampler(from: file.sampleRate, to: AudioClip.sampleRate)
        path = file.path
        self.range = range
        self.cap = cap
        self.block = block
        self.resampler = resampler
        self.sound = file
    }

    /// Reads a block and appends what comes out of it, which may be nothing. Blocks its thread.
    /// - Returns: Whether there may be more.
    /// - Throws: ``AudioError``.
    public mutating func read(into samples: inout [Float]) throws(AudioError) -> Bool {
        guard !hasEnded else { return false }
        let first = samples.count
        let left = Int64(range.count) - done
        let count = left > 0 ? try sound.read(into: &block, atMost: left) : 0
        if count > 0 {
            Downmix.mean(block.prefix(count * sound.channels), channels: sound.channels, into: &mono)
            guard mono.allSatisfy(\.isFinite) else { throw notFinite() }
            done += Int64(count)
            guard done <= Self.frames(cap, rate: sound.sampleRate) else {
                throw AudioError(
                    code: .tooLong,
                    message: "\(path): more than \(cap) s of audio; cut it into pieces, or name a range")
            }
            if resampler == nil {
                samples += mono
            } else {
                try resampler?.process(mono, into: &samples)
            }
        } else {
            hasEnded = true
            try resampler?.finish(into: &samples)
            guard done > 0 || range.lowerBound == 0 else { throw Self.startsBehindTheEnd(path) }
        }
        // A filter overshoots: what was finite at the top of the float range may no longer be.
        guard samples[first...].allSatisfy(\.isFinite) else { throw notFinite() }
        return !hasEnded
    }

    /// Moves forward. Lossy decoders carry state from frame to frame, so only PCM and its like are sought in; the others
    /// are decoded up to there, which gives the same samples as reading the whole.
    private static func skip(_ frames: Int64, of sound: inout SoundFile, block: inout [Float]) throws(AudioError) {
        guard frames > 0 else { return }
        if sound.seeksExactly, frames < sound.frameCount { return try sound.seek(to: frames) }
        var left = frames
        while left > 0 {
            let count = try sound.read(into: &block, atMost: left)
            guard count > 0 else { throw startsBehindTheEnd(sound.path) }
            left -= Int64(count)
        }
    }

    /// Seconds in frames: at most what an `Int64` holds, none for what is no time.
    static func frames(_ seconds: Double, rate: Int) -> Int64 {
        Int64(exactly: (seconds * Double(rate)).rounded()) ?? (seconds > 0 ? .max : 0)
    }

    private func notFinite() -> AudioError {
        AudioError(code: .invalidSamples, message: "\(path): has samples that are NaN or infinite")
    }

    private static func startsBehindTheEnd(_ path: String) -> AudioError {
        AudioError(code: .invalidRange, message: "\(path): the range starts behind the end of the audio")
    }
}
