/// How fast work goes, over the last minutes, and so how long the rest takes.
struct ProgressRate: Sendable {
    private struct Sample {
        let time: Double
        let work: Double
    }

    /// Jobs end in bursts: a shorter window would make the estimate jump.
    private static let window = 120.0
    /// No estimate before this many seconds.
    private static let leastTime = 3.0

    private var samples: [Sample] = []

    /// Takes what is done at a time, in seconds of a clock that never goes back.
    mutating func add(_ work: Double, at time: Double) {
        // Less than before is another beginning.
        if let last = samples.last, work < last.work { samples = [] }
        samples.append(Sample(time: time, work: work))
        let start = samples.firstIndex { time - $0.time <= Self.window } ?? 0
        // A tenth of the window at a time, so that the cost per sample is constant.
        if let first = samples.first, time - first.time > 1.1 * Self.window { samples.removeFirst(start) }
    }

    /// Forgets everything.
    mutating func reset() {
        samples = []
    }

    /// How long the rest takes at this pace; `nil` before there is one.
    func secondsLeft(of rest: Double) -> Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let (time, work) = (last.time - first.time, last.work - first.work)
        guard time >= Self.leastTime, work > 0 else { return nil }
        return max(0, rest) * time / work
    }
}
