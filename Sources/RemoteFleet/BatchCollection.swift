import Coordinator
import DragomanClient
import Jobs

/// The results of a batch as a watch brings them.
struct BatchCollection {
    private let total: Int
    private var collector: ResultCollector
    /// Jobs that came so far whose length is thought to be known, and their length in seconds.
    private var hinted: Set<JobKey> = []
    private var hintSeconds = 0.0
    private var isCaughtUp = false

    init(_ batch: DragomanClient.Batch) {
        total = batch.jobCount
        collector = ResultCollector(batchID: batch.id, record: BatchRecord(batch))
    }

    var progress: GatherProgress { collector.progress }

    /// What was collected.
    /// - Parameter isOver: whether nothing more comes.
    func batch(isOver: Bool) -> GatheredBatch {
        let ending: GatheredBatch.Ending =
            collector.isComplete ? .complete : isOver ? .jobsMissing(total - progress.done) : .timedOut
        return GatheredBatch(ending: ending, progress: progress, results: collector.results)
    }

    /// - Throws: `JobsError` for a result that names no job.
    mutating func add(_ update: WatchUpdate) throws {
        for job in update.jobs {
            let audio = job.submitted.audio
            if !isCaughtUp, audio.hasDurationHint, (0...1e9).contains(audio.durationHint),
                hinted.insert(JobKey(job.id)).inserted
            {
                hintSeconds += audio.durationHint
            }
            if let result = job.result { try collector.add(chosen: result) }
        }
        guard update.isCaughtUp, !isCaughtUp else { return }
        isCaughtUp = true
        if hinted.count == total { collector.note(totalHintSeconds: hintSeconds) }
        hinted = []
        collector.resultsAreComing()
    }
}
