/// Tells from a worker's signs of life whether it has come to a standstill.
struct Stagnation: Sendable {
    /// What does not get on.
    enum Standstill: Sendable, Hashable {
        /// The consumer's thread.
        case polling(Duration)
        /// The engine, which has so many jobs.
        case engine(Duration, jobs: Int)
    }

    private let limit: Duration
    private let interval: Duration
    private var lastCheck: ContinuousClock.Instant
    private var lastProgress: (value: UInt64?, jobs: Int, at: ContinuousClock.Instant)
    /// When the engine was last seen to get on, or to have nothing to do.
    var engineProgress: ContinuousClock.Instant { lastProgress.at }
    /// Nothing before this counts: the whole process was stopped until then.
    private var awakeSince: ContinuousClock.Instant

    /// - Parameters:
    ///   - limit: How long a standstill may last.
    ///   - interval: How often ``check(_:at:)`` will be called.
    init(limit: Duration, interval: Duration, start: ContinuousClock.Instant) {
        self.limit = limit
        self.interval = interval
        lastCheck = start
        awakeSince = start
        lastProgress = (nil, 0, start)
    }

    /// Looks at the worker.
    /// - Returns: What has stood still for too long.
    mutating func check(_ pulse: Pulse, at now: ContinuousClock.Instant) -> Standstill? {
        // A process that was suspended wakes up with everything overdue, and nothing wrong.
        if lastCheck.duration(to: now) > interval * 5 { awakeSince = now }
        lastCheck = now
        if pulse.jobsInEngine == 0 || pulse.engineProgress == nil || pulse.engineProgress != lastProgress.value
            || lastProgress.jobs == 0
        {
            lastProgress = (pulse.engineProgress, pulse.jobsInEngine, now)
        }
        let polling = max(pulse.lastPoll, awakeSince).duration(to: now)
        if polling > limit { return .polling(polling) }
        let engine = max(lastProgress.at, awakeSince).duration(to: now)
        return engine > limit ? .engine(engine, jobs: pulse.jobsInEngine) : nil
    }
}

extension Stagnation.Standstill: CustomStringConvertible {
    var description: String {
        switch self {
        case .polling(let time): "the consumer has not polled for \(time)"
        case .engine(let time, let jobs):
            "the engine has \(jobs) \(jobs == 1 ? "job" : "jobs") and has not got on for \(time)"
        }
    }
}
