import Audio

/// Reads a recording and cuts it on the way. Memory is what has to be known ahead of a cut, and does not grow with the
/// recording.
///
///     var reader = try SegmentReader(AudioDecoder().open(path: "lecture.mp3"), SegmentationOptions())
///     while let segment = try reader.next() { … }
public struct SegmentReader: ~Copyable {
    private var audio: AudioReader
    private let options: SegmentationOptions
    private let start: Double
    private var detector: SpeechDetector
    private var segmenter: Segmenter
    /// Samples from `base` on, and probabilities from the window that has it on.
    private var samples: [Float] = []
    private var probabilities: [Float] = []
    private var base = 0
    private var count = 0
    /// Samples that the detector has heard.
    private var heard = 0
    private var hasEnded = false
    private var hasBegun = false
    /// What lies between segments and may go on.
    private var gap: AudioSegment?
    private var segment: AudioSegment?

    /// Probabilities of all windows so far, where they are asked for.
    public private(set) var allProbabilities: [Float] = []
    private let keepsProbabilities: Bool

    /// Seconds of source audio read so far.
    public var duration: Double { audio.duration }

    /// Prepares to read a recording.
    /// - Parameters:
    ///   - audio: the recording, or the part of it that is wanted.
    ///   - start: where that begins, in seconds.
    ///   - keepsProbabilities: whether ``allProbabilities`` has them.
    /// - Throws: ``SegmentationError``; what ``SpeechDetector`` throws.
    public init(
        _ audio: consuming AudioReader, _ options: SegmentationOptions, start: Double = 0,
        keepsProbabilities: Bool = false
    ) throws {
        try options.validate()
        detector = try SpeechDetector()
        segmenter = Segmenter(options)
        self.audio = audio
        self.options = options
        self.start = start
        self.keepsProbabilities = keepsProbabilities
    }

    /// The next segment, or what lies between two; `nil` after the end. Blocks its thread.
    /// - Throws: `AudioError`.
    public mutating func next() throws(AudioError) -> AudioSegment? {
        if !hasBegun {
            hasBegun = true
            if let whole = try readWhole() { return whole }
        }
        while true {
            if let next = take() { return next }
            guard !hasEnded else { return nil }
            try read()
            hear()
        }
    }

    /// The whole recording where it is not to be cut, or too short for it.
    private mutating func readWhole() throws(AudioError) -> AudioSegment? {
        let limit = options.method == .whole ? Int.max : Int(options.maxLength * Double(AudioClip.sampleRate))
        while !hasEnded, count <= limit { try read() }
        hear()
        guard hasEnded, count <= limit else { return nil }
        segmenter = Segmenter(options)
        guard count > 0 else { return nil }
        // One window is enough: a word may be shorter than what counts as speech in the midst of a recording.
        let speaks = probabilities.contains { $0 >= Float(options.activity.threshold) }
        var whole = segment(WindowSpan(range: 0..<probabilities.count, isSpeech: speaks))
        whole.samples = samples
        whole.isWhole = true
        samples = []
        return whole
    }

    private mutating func read() throws(AudioError) {
        let first = samples.count
        hasEnded = try !audio.read(into: &samples)
        count += samples.count - first
    }

    /// Lets the detector hear what was read.
    private mutating func hear() {
        let first = probabilities.count
        detector.process(samples[(heard - base)...], into: &probabilities)
        heard = count
        if hasEnded { detector.finish(into: &probabilities) }
        if keepsProbabilities { allProbabilities += probabilities[first...] }
        segmenter.append(probabilities[first...])
        if hasEnded { segmenter.finish() }
    }

    /// What can be told now. Silence is held back until its end is known.
    private mutating func take() -> AudioSegment? {
        while segment == nil, let span = segmenter.next() {
            let next = segment(span)
            forget(before: next.range.upperBound)
            if next.isSpeech {
                segment = next
            } else if var joined = gap {
                let weight = joined.seconds + next.seconds
                let sum = joined.speechProbability * joined.seconds + next.speechProbability * next.seconds
                joined.speechProbability = weight > 0 ? sum / weight : 0
                joined.speechSeconds += next.speechSeconds
                joined.range = joined.range.lowerBound..<next.range.upperBound
                joined.end = next.end
                gap = joined
            } else {
                gap = next
            }
        }
        if let gap, segment != nil || hasEnded {
            self.gap = nil
            return gap
        }
        defer { segment = nil }
        return segment
    }

    private func segment(_ span: WindowSpan) -> AudioSegment {
        let window = SpeechDetector.windowLength
        let range = (span.range.lowerBound * window)..<min(span.range.upperBound * window, count)
        let rate = Double(AudioClip.sampleRate)
        let known = probabilities[(span.range.lowerBound - base / window)..<(span.range.upperBound - base / window)]
        let threshold = Float(options.activity.threshold)
        let speech = known.count { $0 >= threshold }
        // The resampler may give a sample more or less than the recording's length says.
        let isLast = hasEnded && range.upperBound == count
        return AudioSegment(
            start: start + Double(range.lowerBound) / rate,
            end: start + (isLast ? max(duration, Double(range.lowerBound) / rate) : Double(range.upperBound) / rate),
            range: range,
            samples: span.isSpeech ? Array(samples[(range.lowerBound - base)..<(range.upperBound - base)]) : [],
            isSpeech: span.isSpeech, isWhole: false,
            speechSeconds: Double(speech) * SpeechDetector.windowSeconds,
            speechProbability: known.isEmpty ? 0 : Double(known.reduce(0, +)) / Double(known.count))
    }

    private mutating func forget(before sample: Int) {
        let window = SpeechDetector.windowLength
        let place = sample == count ? sample : sample / window * window
        guard place < count else {
            // The end: what is left of the last window goes too.
            samples = []
            probabilities = []
            base = place
            return
        }
        samples.removeFirst(place - base)
        probabilities.removeFirst((place - base) / window)
        base = place
    }
}
