/// How often and how patiently something that may pass is tried again.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts in all, at least 1.
    public var attempts: Int
    /// The wait after the first; each further one is twice as long.
    public var firstDelay: Duration
    /// The longest wait.
    public var longestDelay: Duration

    /// Creates a policy.
    public init(attempts: Int = 4, firstDelay: Duration = .milliseconds(250), longestDelay: Duration = .seconds(30)) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// The wait after an attempt, counted from 1: between half of and the whole exponential one, so that workers that
    /// failed together don't come back together.
    func delay(after attempt: Int) -> Duration {
        let doublings = min(max(attempt, 1) - 1, 20)
        let whole = min(firstDelay * (1 << doublings), longestDelay)
        return whole * Double.random(in: 0.5...1)
    }

    /// Runs `body` until it succeeds, fails for good, or has been tried often enough; the last failure is thrown.
    /// - Parameter wishedDelay: how long whoever failed asks to be left alone. If that is longer than the longest wait, it is
    ///   not tried again.
    func run<Success: Sendable>(
        _ body: () async throws -> Success, isRetriable: (any Error) -> Bool,
        wishedDelay: (any Error) -> Duration? = { _ in nil }
    ) async throws -> Success {
        var attempt = 1
        while true {
            do {
                return try await body()
            } catch  where attempt < attempts && isRetriable(error) {
                let wished = wishedDelay(error) ?? .zero
                guard wished <= longestDelay else { throw error }
                try await Task.sleep(for: max(wished, delay(after: attempt)))
                attempt += 1
            }
        }
    }
}
