import Jobs

/// Jobs that are submitted together, each once. They lie on disk, so that there may be any number.
public struct JobBatch: Sendable {
    /// The name it was given, or what is derived from its jobs' ids.
    public let id: String
    /// What its id is when it is derived: the same jobs in the same order.
    public let digest: String

    let summary: Summary
    package let spool: JobSpool

    init(id: String, digest: String, summary: Summary, spool: JobSpool) {
        self.id = id
        self.digest = digest
        self.summary = summary
        self.spool = spool
    }

    /// Number of jobs.
    public var jobCount: Int { summary.jobCount }
    /// Labels of all jobs.
    public var labels: [String: String] { summary.labels }
    /// What keeps the batch from being sent.
    public var problems: Excerpt<BatchProblem> { summary.problems }
    /// URIs that were left out since an earlier one asks for the same.
    public var duplicates: Excerpt<String> { summary.duplicates }
    /// Files that could not be read for their length. Their jobs can be sent, and will fail unless a worker sees another
    /// file there.
    public var unreadable: Excerpt<BatchProblem> { summary.unreadable }
    /// Files left out since their names are not those of recordings.
    public var leftOutCount: Int { summary.leftOutCount }
    /// Audio to be translated, in seconds, as far as its length is known.
    public var audioSeconds: Double { summary.audioSeconds }
    /// Jobs whose length is not known.
    public var unknownLengthCount: Int { summary.unknownLengthCount }

    /// - Throws: ``CoordinatorError`` for a batch that can't be sent.
    package func check() throws(CoordinatorError) {
        if let problem = problems.first.first {
            throw CoordinatorError(
                .invalidBatch, "batch \(id) has \(problems.count) problems, the first: \(problem)")
        }
        guard jobCount > 0 else { throw CoordinatorError(.emptyBatch, "there is nothing to submit") }
    }
}
