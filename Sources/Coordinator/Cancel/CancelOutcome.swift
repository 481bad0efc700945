import Jobs

/// What was called off.
public struct CancelOutcome: Sendable, Hashable {
    /// What workers were told.
    public var cancellation: Cancellation
    /// Jobs in the batch; `nil` for a job, and for a batch whose submit has not ended.
    public var jobCount: Int?
    /// Whether a submit of the batch is going on, or broke: what it sends of these runs is called off too.
    public var isBeingSubmitted = false

    /// Creates an outcome.
    public init(cancellation: Cancellation, jobCount: Int? = nil, isBeingSubmitted: Bool = false) {
        self.cancellation = cancellation
        self.jobCount = jobCount
        self.isBeingSubmitted = isBeingSubmitted
    }
}
