/// Finds the stretches of speech in probabilities as they come, by the rules of Silero's `get_speech_timestamps`: a
/// stretch begins with the first window at the threshold, and ends where the probability falls below the negative
/// threshold and does not reach the threshold again for a minimum silence.
public struct SpeechTracker: Sendable {
    /// Stretches that have ended and are long enough, as windows; without padding.
    public private(set) var stretches: [Range<Int>] = []
    /// Where a stretch began that has not ended.
    public private(set) var openStart: Int?
    /// Windows seen.
    public private(set) var count = 0

    private let threshold: Float
    private let negativeThreshold: Float
    private let minSpeech: Double
    private let minSilence: Double
    private var silenceStart: Int?

    /// Creates a tracker that has seen nothing yet.
    public init(_ options: SpeechActivityOptions) {
        threshold = Float(options.threshold)
        negativeThreshold = Float(options.effectiveNegativeThreshold)
        minSpeech = options.minSpeech
        minSilence = options.minSilence
    }

    /// Takes the next window.
    public mutating func append(_ probability: Float) {
        defer { count += 1 }
        if probability >= threshold {
            silenceStart = nil
            if openStart == nil { openStart = count }
        } else if probability < negativeThreshold, let start = openStart {
            let end = silenceStart ?? count
            silenceStart = end
            guard Self.seconds(count - end) >= minSilence else { return }
            close(start..<end)
        }
    }

    /// Ends the recording: a stretch that has not ended does so now.
    public mutating func finish() {
        if let start = openStart { close(start..<count) }
    }

    /// Forgets stretches that end before a window.
    mutating func forget(before window: Int) {
        stretches.removeFirst(stretches.prefix { $0.upperBound <= window }.count)
    }

    private mutating func close(_ stretch: Range<Int>) {
        if Self.seconds(stretch.count) > minSpeech { stretches.append(stretch) }
        openStart = nil
        silenceStart = nil
    }

    private static func seconds(_ windows: Int) -> Double { Double(windows) * SpeechDetector.windowSeconds }
}
