/// How calls are repeated that fail since the gateway is away. A call is given up when its time is up, too.
public struct RetryPolicy: Sendable, Hashable {
    /// Attempts at most, the first one among them.
    public var attempts: Int
    /// The pause after the first attempt, of which a random part is left out so that not all clients come back together.
    public var firstDelay: Duration
    /// The longest pause.
    public var longestDelay: Duration
    /// How much longer each pause is than the one before.
    public var growth: Double

    /// Creates a policy; without more, eight attempts over some ten seconds.
    public init(
        attempts: Int = 8, firstDelay: Duration = .milliseconds(100), longestDelay: Duration = .seconds(5),
        growth: Double = 2
    ) {
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
        self.growth = growth
    }

    /// Every call is tried once.
    public static var never: Self { Self(attempts: 1) }

    /// The pause after so many attempts, from 1: half of it to all of it.
    func delay(after attempt: Int) -> Duration {
        let factor = min(max(growth, 1), 100)
        var delay = firstDelay
        for _ in 1..<max(1, attempt) where delay < longestDelay { delay = delay * factor }
        return min(delay, longestDelay) * Double.random(in: 0.5...1)
    }
}
