import Coordinator
import DragomanClient
import Jobs
import Platform

extension GatewayFleet {
    /// Sends those jobs of a batch that the gateway does not know, and says that the batch is complete. What the gateway has
    /// no room for is sent again until it has.
    public func submit(
        _ batch: JobBatch, options: SubmitOptions, progress: @escaping @Sendable (SubmitProgress) -> Void
    ) async throws -> SubmitSummary {
        try batch.check()
        return try await asking {
            progress(.lookingBack)
            let earlier = try await EarlierSubmits(of: batch, self)
            let (run, isRepeated) = try earlier.history.run(of: batch.digest, options)
            let handled = earlier.handled(run, isRepeated: isRepeated)
            var summary = try await SubmitSummary(batch, run: run, handled)
            let total = summary.missingCount
            if total == 0, earlier.history.isFinished {
                summary.isComplete = true
                return summary
            }
            let sink = GatewayJobSink(
                client: client, batchID: batch.id, run: run, lane: options.lane == .jobs ? .interactive : .bulk)
            let gate = options.backlogLimit.map { limit in
                BacklogGate(limit: limit) { [self] in try await lag().totalLag }
            }
            let outcome = await BatchSender(
                spool: batch.spool, handled: handled, sink: sink, total: total, progress: progress
            ).send(through: gate)
            summary.sentCount = outcome.acknowledgedCount
            guard try outcome.isComplete(of: total, batch.id) else { return summary }
            // All jobs are there: an interruption that comes now must not leave the batch unfinished.
            try await Task { [client] in
                _ = try await client.finishBatch(
                    batch.id, run: run, jobCount: UInt32(clamping: batch.jobCount), labels: batch.labels)
            }.value
            summary.isComplete = true
            return summary
        }
    }
}
