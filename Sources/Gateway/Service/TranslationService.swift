import Coordinator
import GRPCCore
import GRPCProtobuf
import Jobs
import Kafka
import Synchronization
import TranslationAPI

/// `dragoman.v1.TranslationService`.
struct TranslationService: Dragoman_V1_TranslationService.SimpleServiceProtocol {
    let index: JobIndex
    let submitter: JobSubmitter
    let finisher: BatchFinisher
    let canceller: JobCanceller
    let lag: LagObserver
    let draining: Draining

    /// Jobs of a stream that are written together at most.
    private static let chunkSize = 1_000

    func submitJob(
        request: Dragoman_V1_SubmitJobRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Job {
        switch await submitter.submit([request])[0] {
        case .accepted(let job), .present(let job): return try job.message(index.topics)
        case .valid:
            var job = Dragoman_V1_Job()
            job.job = request.job
            if job.job.id.isEmpty { job.job.id = request.job.derivedID }
            return job
        case .rejected(let status): throw status
        }
    }

    func submitJobs(
        request: RPCAsyncSequence<Dragoman_V1_SubmitJobRequest, any Error>, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_SubmitJobsResponse {
        // While a chunk is on its way the next one gathers, up to the limit: the stream flows as fast as the brokers take it.
        let buffer = ChunkBuffer<Dragoman_V1_SubmitJobRequest>(limit: Self.chunkSize)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { buffer.finish() }
                for try await job in request { await buffer.put(job) }
            }
            defer { buffer.finish() }
            var response = Dragoman_V1_SubmitJobsResponse()
            var count: UInt64 = 0
            while let chunk = await buffer.next() {
                for (request, outcome) in zip(chunk, await submitter.submit(chunk)) {
                    try response.add(outcome, of: request, number: count)
                    count += 1
                }
            }
            try await group.waitForAll()
            return response
        }
    }

    func finishBatch(
        request: Dragoman_V1_FinishBatchRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Batch {
        try await answering { try await finisher.finish(request).message }
    }

    func getBatch(
        request: Dragoman_V1_GetBatchRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Batch {
        guard !request.batchID.isEmpty else { throw ServiceError.invalid("batch_id", "expected the id of a batch") }
        guard let batch = try await index.batch(request.batchID) else { throw BatchFinisher.unknown(request.batchID) }
        return batch.message
    }

    func getJob(
        request: Dragoman_V1_GetJobRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_Job {
        guard !request.jobID.isEmpty else { throw ServiceError.invalid("job_id", "expected the id of a job") }
        let job =
            request.batchID.isEmpty
            ? try await index.latestJob(request.jobID)
            : try await index.job(request.jobID, batch: request.batchID)
        guard let job else {
            let place = request.batchID.isEmpty ? "" : " in batch '\(request.batchID)'"
            throw ServiceError.make(
                .notFound, .jobNotFound,
                "there is no job '\(request.jobID)'\(place), or it is older than what is kept",
                metadata: ["job_id": request.jobID, "batch_id": request.batchID])
        }
        return try job.message(index.topics)
    }

    func listJobs(
        request: Dragoman_V1_ListJobsRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_ListJobsResponse {
        try await JobList(index: index, request: request).page()
    }

    func watchJobs(
        request: Dragoman_V1_WatchJobsRequest, response: RPCWriter<Dragoman_V1_WatchJobsResponse>,
        context: GRPCCore.ServerContext
    ) async throws {
        let watch = try JobWatch(index: index, request: request)
        try await draining.run { try await watch.run { try await response.write($0) } }
    }

    func cancelJobs(
        request: Dragoman_V1_CancelJobsRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_CancelJobsResponse {
        try await answering {
            var response = Dragoman_V1_CancelJobsResponse()
            response.unfinishedCount = try await canceller.cancel(request)
            return response
        }
    }

    func getLag(
        request: Dragoman_V1_GetLagRequest, context: GRPCCore.ServerContext
    ) async throws -> Dragoman_V1_GetLagResponse {
        try await answering {
            var response = Dragoman_V1_GetLagResponse()
            let report = try await lag.read()
            response.partitions = report.partitions.map(Dragoman_V1_PartitionLag.init)
            response.backlogs = report.backlogs.map(Dragoman_V1_LaneBacklog.init)
            return response
        }
    }

    private func answering<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw ServiceError.status(of: error)
        }
    }
}

extension Dragoman_V1_SubmitJobsResponse {
    private static let mostRejected = 1_000

    /// - Throws: `GoogleRPCStatus` where there is no point in going on.
    fileprivate mutating func add(
        _ outcome: SubmitOutcome, of request: Dragoman_V1_SubmitJobRequest, number: UInt64
    ) throws {
        switch outcome {
        case .accepted, .valid: acceptedCount += 1
        case .present: duplicateCount += 1
        case .rejected(let status):
            if status.code == .unavailable { throw status }
            rejectedCount += 1
            guard rejected.count < Self.mostRejected else { return }
            rejected.append(Dragoman_V1_RejectedJob(number, request, status))
        }
    }
}

extension Dragoman_V1_RejectedJob {
    fileprivate init(_ index: UInt64, _ request: Dragoman_V1_SubmitJobRequest, _ status: GoogleRPCStatus) {
        self.init()
        self.index = index
        jobID = request.job.id
        code = Int32(status.code.rawValue)
        message = status.message
        let name = status.details.lazy.compactMap(\.errorInfo?.reason).first
        reason = Dragoman_V1_ErrorReason.allCases.first { $0.name == name } ?? .unspecified
    }
}
