import GRPCCore
import TranslationAPI

extension DragomanClient {
    /// Says that all jobs of a batch are submitted, so that whoever gathers it knows how many to wait for.
    /// - Parameters:
    ///   - id: the batch's.
    ///   - run: the run of its jobs.
    ///   - jobCount: how many jobs it has, to be checked against what the gateway has; `nil` is not checked.
    ///   - labels: labels of the batch.
    ///   - timeout: `nil` takes that of the configuration.
    /// - Throws: ``DragomanError``, such as batchNotFound, or indexBehind, after which it can be said again.
    @discardableResult
    public func finishBatch(
        _ id: String, run: UInt32 = 0, jobCount: UInt32? = nil, labels: [String: String] = [:],
        timeout: Duration? = nil
    ) async throws -> Batch {
        var request = Dragoman_V1_FinishBatchRequest()
        request.batchID = id
        request.run = run
        if let jobCount { request.jobCount = jobCount }
        request.labels = labels
        return Batch(
            try await call(timeout: timeout ?? configuration.timeout) { [request] stub, metadata, options in
                try await stub.finishBatch(
                    request: ClientRequest(message: request, metadata: metadata), options: options)
            })
    }

    /// A batch and how far it is.
    /// - Throws: ``DragomanError``, such as batchNotFound.
    public func batch(_ id: String, timeout: Duration? = nil) async throws -> Batch {
        var request = Dragoman_V1_GetBatchRequest()
        request.batchID = id
        return Batch(
            try await call(timeout: timeout ?? configuration.timeout) { [request] stub, metadata, options in
                try await stub.getBatch(request: ClientRequest(message: request, metadata: metadata), options: options)
            })
    }
}
