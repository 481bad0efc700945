import Coordinator
import DragomanClient
import Jobs
import Platform

/// What the gateway knows of a batch that is about to be submitted.
struct EarlierSubmits {
    let history: SubmitHistory
    private let batchID: String
    private let jobs: [KnownJob]

    private struct KnownJob {
        let submitted: TranslationJob
        let state: DragomanClient.Job.State
    }

    /// - Throws: ``CoordinatorError`` (batchNameTaken) when other jobs have the batch's name; `DragomanError`.
    init(of batch: JobBatch, _ fleet: GatewayFleet) async throws {
        batchID = batch.id
        guard let known = try await fleet.batch(batch.id) else {
            jobs = []
            history = SubmitHistory(batchID: batch.id, records: [], openRecords: [], unfinishedRecord: nil)
            return
        }
        // A derived name says by itself which jobs there are.
        let numbers = batch.id == batch.digest ? nil : try await Self.numbers(of: batch)
        if numbers != nil, known.isFinishedSubmitting, known.jobCount != batch.jobCount {
            throw CoordinatorError.batchNameTaken(batch.id)
        }
        var jobs: [KnownJob] = []
        for try await job in fleet.client.jobs(in: batch.id, includesResults: false, pageSize: 1000) {
            if let numbers, numbers[JobKey(job.id)] != job.submitted.batchIndex {
                throw CoordinatorError.batchNameTaken(batch.id)
            }
            var submitted = TranslationJob()
            submitted.id = job.id
            submitted.batchID = job.batchID
            submitted.run = job.run
            jobs.append(KnownJob(submitted: submitted, state: job.state))
        }
        self.jobs = jobs
        var record = BatchRecord(known)
        record.jobsDigest = batch.digest
        let isOpen = !known.isFinishedSubmitting
        history = SubmitHistory(
            batchID: batch.id, records: isOpen ? [] : [record], openRecords: isOpen ? [record] : [],
            unfinishedRecord: isOpen ? record : nil)
    }

    /// The jobs that need not be sent.
    /// - Parameter isRepeated: whether the run was submitted before.
    func handled(_ run: UInt32, isRepeated: Bool) -> HandledJobs {
        var handled = HandledJobs(batchID: batchID, run: run)
        guard isRepeated else { return handled }
        for job in jobs where job.submitted.run >= run {
            if job.state.isFinished {
                handled.add(answered: job.submitted.id, isFailed: job.state != .succeeded)
            } else {
                handled.add(waiting: job.submitted)
            }
        }
        return handled
    }

    /// The jobs' positions in the batch.
    private static func numbers(of batch: JobBatch) async throws -> [JobKey: UInt32] {
        try await BlockingCall.run { [spool = batch.spool] cancellation in
            var numbers: [JobKey: UInt32] = [:]
            try spool.forEach { job in
                try cancellation.check()
                numbers[JobKey(job.id)] = job.batchIndex
            }
            return numbers
        }
    }
}
