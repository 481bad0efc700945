import GRPCCore
import Jobs
import TranslationAPI

extension DragomanClient {
    /// A job, and its result if it has one.
    /// - Parameters:
    ///   - id: the job's.
    ///   - batchID: the batch it belongs to, since another one may have a job of the same id; `nil` takes the job without a
    ///     batch, or else the latest of that id.
    ///   - timeout: `nil` takes that of the configuration.
    /// - Throws: ``DragomanError``, such as jobNotFound.
    public func job(_ id: String, in batchID: String? = nil, timeout: Duration? = nil) async throws -> Job {
        var request = Dragoman_V1_GetJobRequest()
        request.jobID = id
        request.batchID = batchID ?? ""
        return Job(
            try await call(timeout: timeout ?? configuration.timeout) { [request] stub, metadata, options in
                try await stub.getJob(request: ClientRequest(message: request, metadata: metadata), options: options)
            })
    }

    /// Jobs in the order in which they lie in their topics, got page by page as they are asked for.
    /// - Parameters:
    ///   - batchID: jobs of this batch; `nil` for those of all.
    ///   - states: jobs in these states; none for those in all.
    ///   - includesResults: whether they come with their results.
    ///   - pageSize: jobs that are got at a time, 1 to 1,000.
    public func jobs(
        in batchID: String? = nil, states: Set<Job.State> = [], includesResults: Bool = true, pageSize: Int = 500
    ) -> JobPages {
        var request = Dragoman_V1_ListJobsRequest()
        request.batchID = batchID ?? ""
        request.states = states.map(\.inSchema).sorted { $0.rawValue < $1.rawValue }
        request.withoutResults = !includesResults
        request.pageSize = UInt32(clamping: max(1, pageSize))
        return JobPages(client: self, request: request)
    }

    /// Waits for a job's result.
    /// - Parameter job: as ``submit(_:lane:timeout:)`` returned it.
    /// - Returns: the result, whatever its status is: see `TranslationResult.status`.
    /// - Throws: ``DragomanError``, or `CancellationError`.
    public func result(of job: Job) async throws -> TranslationResult {
        if let result = job.result { return result }
        while true {
            for try await update in watch(.jobs([job.id])) {
                for other in update.jobs {
                    if let result = other.result, other.batchID == job.batchID, result.run >= job.run { return result }
                }
            }
            // A watch of an id is over when one job of it is finished, which may be that of another batch.
            try await Task.sleep(for: Self.watchInterval)
        }
    }

    private static let watchInterval = Duration.seconds(1)
}
