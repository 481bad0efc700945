import GRPCCore
import Synchronization
import TranslationAPI

/// A gateway that does what a test says, call by call.
final class ScriptedService: Dragoman_V1_TranslationService.SimpleServiceProtocol, ServerInterceptor {
    struct Script: Sendable {
        var submitJob: @Sendable (Dragoman_V1_SubmitJobRequest) async throws -> Dragoman_V1_Job = { _ in
            throw unscripted
        }
        var submitJobs:
            @Sendable (RPCAsyncSequence<Dragoman_V1_SubmitJobRequest, any Error>) async throws ->
                Dragoman_V1_SubmitJobsResponse = { _ in throw unscripted }
        var finishBatch: @Sendable (Dragoman_V1_FinishBatchRequest) async throws -> Dragoman_V1_Batch = { _ in
            throw unscripted
        }
        var getBatch: @Sendable (Dragoman_V1_GetBatchRequest) async throws -> Dragoman_V1_Batch = { _ in
            throw unscripted
        }
        var getJob: @Sendable (Dragoman_V1_GetJobRequest) async throws -> Dragoman_V1_Job = { _ in throw unscripted }
        var listJobs: @Sendable (Dragoman_V1_ListJobsRequest) async throws -> Dragoman_V1_ListJobsResponse = { _ in
            throw unscripted
        }
        var watchJobs:
            @Sendable (Dragoman_V1_WatchJobsRequest, RPCWriter<Dragoman_V1_WatchJobsResponse>) async throws -> Void = {
                _, _ in throw unscripted
            }
        var cancelJobs: @Sendable (Dragoman_V1_CancelJobsRequest) async throws -> Dragoman_V1_CancelJobsResponse = {
            _ in throw unscripted
        }
        var getLag: @Sendable () async throws -> Dragoman_V1_GetLagResponse = { throw unscripted }
        /// Which tokens are good; `nil` for any, and none.
        var isGood: (@Sendable (String) -> Bool)?
    }

    private static let unscripted = RPCError(code: .failedPrecondition, message: "not in the script")

    private let script: Script
    private let seen = Mutex<[String]>([])

    init(_ script: Script) {
        self.script = script
    }

    /// The `authorization` headers of all calls; empty ones where there were none.
    var authorizations: [String] { seen.withLock { $0 } }

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>, context: GRPCCore.ServerContext,
        next:
            @Sendable (StreamingServerRequest<Input>, GRPCCore.ServerContext) async throws ->
            StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let header = request.metadata[stringValues: "authorization"].first { _ in true } ?? ""
        seen.withLock { $0.append(header) }
        if let isGood = script.isGood, !isGood(header) {
            throw gatewayError(.unauthenticated, "UNAUTHENTICATED", "the token is not known")
        }
        return try await next(request, context)
    }

    func submitJob(
        request: Dragoman_V1_SubmitJobRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Job { try await script.submitJob(request) }

    func submitJobs(
        request: RPCAsyncSequence<Dragoman_V1_SubmitJobRequest, any Error>, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_SubmitJobsResponse { try await script.submitJobs(request) }

    func finishBatch(
        request: Dragoman_V1_FinishBatchRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Batch { try await script.finishBatch(request) }

    func getBatch(
        request: Dragoman_V1_GetBatchRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Batch { try await script.getBatch(request) }

    func getJob(
        request: Dragoman_V1_GetJobRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Job { try await script.getJob(request) }

    func listJobs(
        request: Dragoman_V1_ListJobsRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_ListJobsResponse { try await script.listJobs(request) }

    func watchJobs(
        request: Dragoman_V1_WatchJobsRequest, response: RPCWriter<Dragoman_V1_WatchJobsResponse>,
        context: GRPCCore.ServerContext
    ) async throws { try await script.watchJobs(request, response) }

    func cancelJobs(
        request: Dragoman_V1_CancelJobsRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_CancelJobsResponse { try await script.cancelJobs(request) }

    func getLag(
        request: Dragoman_V1_GetLagRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_GetLagResponse { try await script.getLag() }
}
