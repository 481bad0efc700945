import Coordinator
import DragomanClient
import Jobs
import Synchronization

extension GatewayFleet {
    /// How often to look whether a batch's submit has ended.
    private static let pollInterval = Duration.milliseconds(500)

    /// Watches a batch to its end. A gateway that goes away has some minutes to come back, or another one takes over.
    public func gather(
        batchID: String, timeout: Duration?, progress: @escaping @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch {
        var batch = try await TimeLimit.run(timeout) { [self] in
            try await asking { try await collect(batchID, progress) }
        }
        if batch.ending == .timedOut, Task.isCancelled { batch.ending = .interrupted }
        return batch
    }

    /// - Returns: what was collected when the last result came or the task was cancelled.
    private func collect(
        _ batchID: String, _ progress: @escaping @Sendable (GatherProgress) -> Void
    ) async throws -> GatheredBatch {
        var state = GatherProgress()
        guard let known = try await submitted(batchID, &state, progress) else {
            return GatheredBatch(ending: .timedOut, progress: state, results: [])
        }
        var collection = BatchCollection(known)
        let current = LatestProgress(collection.progress, progress)
        var isOver = false
        do {
            for try await update in client.watch(.batch(batchID), onInterruption: { _ in current.isInterrupted() }) {
                try collection.add(update)
                current.update(collection.progress)
            }
            // A watch that is cancelled may also just end.
            isOver = !Task.isCancelled
        } catch is CancellationError {
            // What was collected so far is the answer.
        }
        return collection.batch(isOver: isOver)
    }

    /// Waits until all jobs of a batch are submitted.
    /// - Returns: `nil` when the task was cancelled before.
    private func submitted(
        _ batchID: String, _ state: inout GatherProgress, _ progress: @Sendable (GatherProgress) -> Void
    ) async throws -> DragomanClient.Batch? {
        do {
            while !Task.isCancelled {
                let known = try await batch(batchID)
                if let known, known.isFinishedSubmitting { return known }
                state.phase = known == nil ? .waitingForRecord : .waitingForSubmit
                progress(state)
                try await Task.sleep(for: Self.pollInterval)
            }
        } catch is CancellationError {
            // Not found.
        }
        return nil
    }

    /// How far a batch is, for whoever is told of it; also when nothing comes since the gateway is away.
    private final class LatestProgress: Sendable {
        private let latest: Mutex<GatherProgress>
        private let report: @Sendable (GatherProgress) -> Void

        init(_ progress: GatherProgress, _ report: @escaping @Sendable (GatherProgress) -> Void) {
            latest = Mutex(progress)
            self.report = report
            report(progress)
        }

        func update(_ progress: GatherProgress) {
            latest.withLock { $0 = progress }
            report(progress)
        }

        func isInterrupted() {
            var progress = latest.withLock { $0 }
            progress.phase = .waitingForBrokers
            report(progress)
        }
    }
}
