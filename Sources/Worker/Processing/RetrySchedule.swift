import Jobs

/// When a job whose attempts fail, though they need not, is tried again.
public struct RetrySchedule: Sendable, Hashable {
    /// A wait in one of the topics for retries.
    public struct Step: Sendable, Hashable {
        /// The topic.
        public var delay: RetryDelay
        /// The time that jobs spend in it: what its name says, or less in tests.
        public var duration: Duration

        /// Creates a step.
        public init(_ delay: RetryDelay, _ duration: Duration) {
            self.delay = delay
            self.duration = duration
        }
    }

    /// The waits, in order. A job that fails once more after the last is given up.
    public var steps: [Step]

    /// Creates a schedule: by default a minute, ten minutes, and an hour.
    public init(steps: [Step] = RetryDelay.allCases.map { Step($0, $0.duration) }) {
        self.steps = steps
    }

    /// The wait after so many tries, counted from 1; `nil` when it is time to give up.
    func step(after tries: Int) -> Step? {
        tries > 0 && tries <= steps.count ? steps[tries - 1] : nil
    }

    /// The longest of the waits.
    var longestDuration: Duration { steps.map(\.duration).max() ?? .zero }
}
