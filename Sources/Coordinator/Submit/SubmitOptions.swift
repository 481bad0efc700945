/// How a batch is submitted.
public struct SubmitOptions: Sendable, Hashable {
    /// The way jobs take to the workers.
    public enum Lane: String, Sendable, CaseIterable {
        /// Somebody waits for the results.
        case jobs
        /// Nobody does.
        case bulk
    }

    /// The run of the jobs; `nil` goes on with the batch's highest.
    public var run: UInt32?
    /// Whether to go on with a submit that began and did not end.
    public var resumes: Bool
    /// The way to the workers.
    public var lane: Lane
    /// Jobs, of this batch and others, that may wait for the workers at a time; `nil` for any number.
    public var backlogLimit: Int?

    /// Creates options.
    public init(run: UInt32? = nil, resumes: Bool = false, lane: Lane = .jobs, backlogLimit: Int? = nil) {
        self.run = run
        self.resumes = resumes
        self.lane = lane
        self.backlogLimit = backlogLimit
    }
}
