import GRPCCore
import TranslationAPI

extension DragomanClient {
    /// Calls a batch off: what waits gets a result that says CANCELLED, what runs is stopped. Returns when the workers are
    /// told.
    /// - Parameters:
    ///   - id: the batch's.
    ///   - maxRun: runs up to and including this one; `nil` for the highest there is.
    ///   - reason: why, for people.
    ///   - timeout: `nil` takes that of the configuration.
    /// - Returns: how many jobs were not finished then.
    /// - Throws: ``DragomanError``, such as batchNotFound.
    @discardableResult
    public func cancel(
        batch id: String, maxRun: UInt32? = nil, reason: String = "", timeout: Duration? = nil
    ) async throws -> Int {
        var request = Dragoman_V1_CancelJobsRequest()
        request.batchID = id
        return try await cancel(request, maxRun, reason, timeout)
    }

    /// Calls jobs off, whatever batches they are in; at most 1,000. See ``cancel(batch:maxRun:reason:timeout:)``.
    @discardableResult
    public func cancel(
        jobs ids: [String], maxRun: UInt32? = nil, reason: String = "", timeout: Duration? = nil
    ) async throws -> Int {
        var request = Dragoman_V1_CancelJobsRequest()
        request.jobIds = ids
        return try await cancel(request, maxRun, reason, timeout)
    }

    private func cancel(
        _ request: Dragoman_V1_CancelJobsRequest, _ maxRun: UInt32?, _ reason: String, _ timeout: Duration?
    ) async throws -> Int {
        var request = request
        if let maxRun { request.maxRun = maxRun }
        request.reason = reason
        let response = try await call(timeout: timeout ?? configuration.timeout) {
            [request] stub, metadata, options in
            try await stub.cancelJobs(request: ClientRequest(message: request, metadata: metadata), options: options)
        }
        return Int(response.unfinishedCount)
    }
}
