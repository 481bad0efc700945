import Coordinator
import DragomanClient
import FoundationEssentials
import Jobs
import SwiftProtobuf

extension GatewayFleet {
    /// How often to look for a job that is not there yet.
    private static let jobInterval = Duration.milliseconds(500)

    /// Looks what an id stands for, and has the gateway tell the workers.
    public func cancel(_ request: CancelRequest) async throws -> CancelOutcome {
        try await asking {
            var outcome = try await find(request)
            outcome.cancellation.reason = request.reason
            outcome.cancellation.requestedBy = request.requestedBy
            outcome.cancellation.requestTime = Google_Protobuf_Timestamp(date: Date())
            try outcome.cancellation.validate()
            let (run, reason) = (outcome.cancellation.maxRun, request.reason)
            if case .batchID(let id) = outcome.cancellation.target {
                try await client.cancel(batch: id, maxRun: run, reason: reason)
            } else {
                try await client.cancel(jobs: [request.id], maxRun: run, reason: reason)
            }
            return outcome
        }
    }

    private func find(_ request: CancelRequest) async throws -> CancelOutcome {
        var cancellation = Cancellation()
        if !request.isJob, let batch = try await batch(request.id) {
            cancellation.batchID = request.id
            cancellation.maxRun = request.run ?? batch.run
            let isOpen = !batch.isFinishedSubmitting
            return CancelOutcome(
                cancellation: cancellation, jobCount: isOpen ? nil : batch.jobCount, isBeingSubmitted: isOpen)
        }
        let job = try await job(request.id)
        guard request.isJob || job != nil else { throw CoordinatorError.unknown(request.id) }
        cancellation.jobID = request.id
        cancellation.maxRun = request.run ?? job?.run ?? 0
        return CancelOutcome(cancellation: cancellation)
    }

    /// Watches what was called off to its end.
    public func wait(
        for cancelled: CancelOutcome, timeout: Duration?,
        progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> CancelWatcher.Outcome {
        switch cancelled.cancellation.target {
        case .batchID(let id):
            let batch = try await gather(batchID: id, timeout: timeout) { state in
                if let total = state.total { progress(state.done, total) }
            }
            return CancelWatcher.Outcome(batch)
        case .jobID(let id):
            let run = cancelled.cancellation.maxRun
            let status = try await TimeLimit.run(timeout) { [self] in
                try await asking { try await result(of: id, run: run) }
            }
            guard let status else {
                return CancelWatcher.Outcome(ending: Task.isCancelled ? .interrupted : .timedOut, total: 1)
            }
            return CancelWatcher.Outcome(ending: .complete, total: 1, statuses: [status: 1])
        case nil:
            return CancelWatcher.Outcome(ending: .complete, total: 0)
        }
    }

    /// - Returns: `nil` when the task was cancelled before there was a result.
    private func result(of jobID: String, run: UInt32) async throws -> TranslationResult.Status? {
        do {
            while true {
                // A watch ends when the job is finished; an earlier run of it, or that of another batch, may be.
                for try await update in client.watch(.jobs([jobID])) {
                    for job in update.jobs {
                        if let result = job.result, result.run >= run { return result.status }
                    }
                }
                try await Task.sleep(for: Self.jobInterval)
            }
        } catch is CancellationError {
            return nil
        }
    }
}
