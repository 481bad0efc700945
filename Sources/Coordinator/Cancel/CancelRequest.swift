/// What is to be called off.
public struct CancelRequest: Sendable, Hashable {
    /// The id of a batch or a job.
    public var id: String
    /// Whether it is a job's, so that nobody looks for a batch of that id.
    public var isJob: Bool
    /// The highest run that is called off; `nil` for the highest there is, so that a later one is not touched.
    public var run: UInt32?
    /// Why, for people.
    public var reason: String
    /// Who asks for it, for people.
    public var requestedBy: String

    /// Creates a request.
    public init(
        id: String, isJob: Bool = false, run: UInt32? = nil, reason: String = "", requestedBy: String
    ) {
        self.id = id
        self.isJob = isJob
        self.run = run
        self.reason = reason
        self.requestedBy = requestedBy
    }
}
