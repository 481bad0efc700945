import Jobs

/// Jobs that are submitted together, each once.
public struct JobBatch: Sendable {
    /// The name it was given, or what is derived from its jobs' ids.
    public let id: String
    /// What its id is when it is derived: the same jobs in the same order.
    public let digest: String
    /// The jobs, complete, in order.
    public let jobs: [TranslationJob]
    /// URIs that were left out since an earlier one asks for the same.
    public let duplicates: [String]
    /// The run of all jobs.
    public let run: UInt32

    /// Makes one job for each URI.
    /// - Parameters:
    ///   - name: the batch's id; `nil` derives it.
    ///   - template: what all jobs have in common; its id, batch and audio are not used.
    /// - Throws: `JobsError` for the first job that is not valid; ``CoordinatorError`` for no jobs at all.
    public init(uris: [String], template: TranslationJob, name: String? = nil) throws {
        if let name { try TranslationJob.validate(batchID: name) }
        var seen: Set<String> = []
        var jobs: [TranslationJob] = []
        var duplicates: [String] = []
        for uri in uris {
            var job = template
            job.audio = JobAudio()
            job.audio.uri = uri
            job.id = job.derivedID
            guard seen.insert(job.id).inserted else {
                duplicates.append(uri)
                continue
            }
            job.batchIndex = UInt32(clamping: jobs.count)
            jobs.append(job)
        }
        guard !jobs.isEmpty else { throw CoordinatorError(.emptyBatch, "there is nothing to submit") }

        digest = BatchID.derived(from: jobs.lazy.map(\.id))
        id = name ?? digest
        for index in jobs.indices {
            jobs[index].batchID = id
            try jobs[index].validate()
        }
        self.jobs = jobs
        self.duplicates = duplicates
        run = template.run
    }
}
