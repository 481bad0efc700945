import Coordinator
import DragomanClient
import Jobs

/// Gives jobs to a gateway.
struct GatewayJobSink: JobSink {
    let client: DragomanClient
    let batchID: String
    let run: UInt32
    let lane: DragomanClient.Lane
    /// As many as the gateway lists by name when it refuses them.
    let chunkSize = 1000

    func prepare(_ job: TranslationJob) -> TranslationJob {
        var job = job
        job.batchID = batchID
        job.run = run
        return job
    }

    func send(_ jobs: [TranslationJob]) async throws -> SentChunk<TranslationJob> {
        do {
            let summary = try await client.submit(jobs, lane: lane)
            if let fault = summary.rejections.first(where: { !$0.isRetriable }) {
                throw CoordinatorError(.gatewayRefused, fault.message)
            }
            let refused = summary.rejections.compactMap { rejection in
                Int(exactly: rejection.index).flatMap { jobs.indices.contains($0) ? jobs[$0] : nil }
            }
            return SentChunk(
                acknowledgedCount: Int(clamping: summary.acceptedCount) + Int(clamping: summary.duplicateCount),
                refused: refused)
        } catch let error as DragomanError {
            throw CoordinatorError(error)
        }
    }
}
