/// How fast the workers get on with a lane, from the results of the last while.
public struct DrainRate: Sendable, Hashable {
    /// Jobs a second.
    public var jobs: Double
    /// Seconds of audio a second.
    public var audio: Double
    /// Standard error of ``jobs``.
    public var jobsError: Double
    /// Standard error of ``audio``.
    public var audioError: Double

    /// Creates a rate.
    public init(jobs: Double, audio: Double, jobsError: Double = 0, audioError: Double = 0) {
        self.jobs = jobs
        self.audio = audio
        self.jobsError = jobsError
        self.audioError = audioError
    }
}
