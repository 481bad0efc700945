import Jobs
import Kafka

/// Takes a job from its turn to its terminal record: started, committed, done, published, finished.
struct JobRunner: Sendable {
    let table: JobTable
    let committer: LedgerCommitter
    let controls: ControlBoard
    let processor: JobProcessor
    let publisher: any OutcomePublisher
    let tasks: JobTasks
    let log: JobLog
    let metrics: WorkerMetrics?
    /// What makes going on useless.
    let failed: @Sendable (any Error) -> Void

    /// Does a job. What can't be finished is left to whoever owns its partition next.
    func run(_ job: TakenJob, _ stop: JobStop) async {
        await JobSpan.run(job) { await work(at: job, stop) }
    }

    private func work(at job: TakenJob, _ stop: JobStop) async {
        let start = ContinuousClock.now
        if table.isSettled(job.id, run: job.message.batchRun) {
            log.answeredElsewhere(job.record)
            return committer.commitChanges()
        }
        do {
            let outcome = try await outcome(of: job, stop)
            // A job that was called off has its task cancelled: what came of it is to be written all the same.
            let ready = ContinuousClock.now
            try await Task { try await publisher.publish(outcome, of: job.record) }.value
            metrics?.finished(outcome, in: job.lane, publishSeconds: ready.duration(to: .now).inSeconds)
            // One that is tried again is not answered.
            table.finish(job.id, run: outcome.result == nil ? nil : job.message.batchRun)
            log.finished(outcome, of: job.record, seconds: start.duration(to: .now).inSeconds)
        } catch {
            if stop.cause == .answered {
                table.finish(job.id, run: nil)
                log.answeredElsewhere(job.record)
            } else {
                if !(error is JobWithdrawn) { table.giveBack(job.id) }
                log.givenBack(job.record, because: error)
                if !(error is JobWithdrawn || error is CancellationError) { failed(error) }
            }
        }
        committer.commitChanges()
    }

    private func outcome(of job: TakenJob, _ stop: JobStop) async throws -> JobOutcome {
        let outcome: JobOutcome
        if let reason = job.message.job.flatMap(controls.cancellation(of:)).map(\.words) {
            outcome = processor.cancelled(job.message, reason: reason)
        } else if job.isLethal {
            outcome = processor.lethal(job.message, crashes: job.crashes)
        } else {
            do {
                try await begin(job, stop)
                outcome = try await processor.process(
                    job.message, attempt: JobAttempt(crashes: job.crashes, stop: stop))
            } catch {
                guard case .cancelled(let reason) = stop.cause else { throw error }
                outcome = processor.cancelled(job.message, reason: reason)
            }
        }
        if case .cancelled = stop.cause {} else { try tasks.enter(.publishing, stop) }
        return outcome
    }

    /// Marks a job as started, and returns when that is committed: should it kill this process, its next worker knows.
    private func begin(_ job: TakenJob, _ stop: JobStop) async throws {
        var start = table.start(job.id, epoch: job.epoch, stop: stop)
        while let started = start {
            committer.commitChanges()
            do {
                try await table.waitForCommit(of: started, job.id.partition)
                try tasks.enter(.working, stop)
                return log.started(job)
            } catch is JobWithdrawn {
                // A rebalance: the partition may be back already, and the job with it.
                start = table.startAgain(job.id)
            }
        }
        throw JobWithdrawn()
    }
}

extension Cancellation {
    /// For the error of a result.
    var words: String {
        var words = "called off"
        if !requestedBy.isEmpty { words += " by \(requestedBy)" }
        if !reason.isEmpty { words += ": \(reason)" }
        return words
    }
}
