import FoundationEssentials

/// What became finished in one topic, second by second, as far back as a window goes.
struct DrainHistory: Sendable {
    private struct Second: Sendable {
        var time: Int64
        var jobs = 0.0
        var audio = 0.0
        var audioSquares = 0.0
    }

    private let window: Double
    private var seconds: [Second] = []
    /// Nothing from before this counts: the topic was empty, or what happened is not known.
    private var since = -Double.infinity

    /// - Parameter window: In seconds.
    init(window: Double) {
        self.window = window
    }

    /// Notes that a job was finished.
    mutating func add(at time: Date, audio: Double) {
        let second = Int64(time.timeIntervalSince1970)
        let index = seconds.lastIndex { $0.time <= second } ?? -1
        if index < 0 || seconds[index].time != second { seconds.insert(Second(time: second), at: index + 1) }
        let place = index < 0 || seconds[index].time != second ? index + 1 : index
        seconds[place].jobs += 1
        seconds[place].audio += audio
        seconds[place].audioSquares += audio * audio
    }

    /// Notes that nothing from before a time counts.
    mutating func begin(at time: Date) {
        since = max(since, time.timeIntervalSince1970)
    }

    /// The rate over the window, or since the first job was finished; `nil` where none was.
    ///
    /// The errors are those of a compound Poisson process: jobs end independently of each other, so that the variance of a
    /// sum is the sum of the squares.
    mutating func rate(at now: Date) -> DrainRate? {
        let end = now.timeIntervalSince1970
        // Whole seconds, as they are counted.
        let start = max((end - window).rounded(.down), since)
        seconds.removeAll { Double($0.time) < end - window - 1 }
        let counted = seconds.filter { Double($0.time) + 1 > start && Double($0.time) <= end }
        guard let first = counted.first else { return nil }
        let time = max(1, end - max(start, Double(first.time)))
        let sum = counted.reduce(into: Second(time: 0)) { sum, each in
            sum.jobs += each.jobs
            sum.audio += each.audio
            sum.audioSquares += each.audioSquares
        }
        return DrainRate(
            jobs: sum.jobs / time, audio: sum.audio / time, jobsError: sum.jobs.squareRoot() / time,
            audioError: sum.audioSquares.squareRoot() / time)
    }
}
