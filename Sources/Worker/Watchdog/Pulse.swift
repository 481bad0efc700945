/// The signs of life of a worker at one time.
struct Pulse: Sendable, Hashable {
    /// When the consumer's thread last came round.
    var lastPoll: ContinuousClock.Instant
    /// Jobs the engine has been given and not done.
    var jobsInEngine: Int
    /// See ``TranslationEngine/progress``.
    var engineProgress: UInt64?
}
