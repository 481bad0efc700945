/// How long translating took.
public struct EvaluationTimes: Sendable, Encodable {
    /// Audio that was translated, in seconds.
    public let audioSeconds: Double
    /// Seconds in which at least one recording was in work.
    public let busySeconds: Double
    /// ``busySeconds`` for each second of audio; `nil` without audio.
    public let realTimeFactor: Double?
    /// Of each recording the seconds from decoding to the last token for each second of audio: the median. Recordings that
    /// were translated together share theirs.
    public let medianRealTimeFactor: Double?

    init(_ records: [EvaluationRecord]) {
        let timed = records.filter { ($0.audioSeconds ?? 0) > 0 && $0.seconds > 0 }
        audioSeconds = timed.reduce(0) { $0 + ($1.audioSeconds ?? 0) }
        busySeconds = Self.union(timed.map { $0.finishTime - $0.seconds...$0.finishTime })
        realTimeFactor = audioSeconds > 0 ? busySeconds / audioSeconds : nil
        let factors = timed.map { $0.seconds / ($0.audioSeconds ?? 1) }.sorted()
        medianRealTimeFactor = factors.isEmpty ? nil : factors[factors.count / 2]
    }

    /// The time that intervals cover together.
    private static func union(_ intervals: [ClosedRange<Double>]) -> Double {
        var (sum, end) = (0.0, -Double.infinity)
        for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) where interval.upperBound > end {
            sum += interval.upperBound - max(interval.lowerBound, end)
            end = interval.upperBound
        }
        return sum
    }
}
