import Coordinator
import Foundation
import Jobs
import Kafka

/// A batch's or a job's status, for people and for programs.
struct StatusReport {
    private(set) var isWell: Bool
    /// Names and values.
    private var rows: [(name: String, value: String)] = []
    private var object = JSONText()

    init(_ status: FleetStatus, id: String) {
        switch status {
        case .batch(let batch):
            isWell = batch.isWell
            describe(batch)
        case .job(let job):
            isWell = job.isWell
            describe(job)
        case .unknown:
            isWell = false
            rows = [("unknown", "there is no batch, no result and no waiting job of the id \(id)")]
            object.add("id", id)
            object.add("kind", "unknown")
        }
    }

    var json: String { object.text }

    var lines: [String] {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { "\($0.name.padded(toColumns: width))  \($0.value.onOneLine)" }
    }

    private mutating func describe(_ batch: BatchStatus) {
        let progress = batch.progress
        object.add("id", batch.batchID)
        object.add("kind", "batch")
        object.add("state", batch.stateName)
        object.add("run", batch.submits.last?.run ?? batch.openSubmit?.run ?? 0)
        object.add("jobs", progress.total)
        object.add("done", progress.done)
        object.add("failed", progress.failed)
        object.add("failures") { object in
            for (name, count) in batch.failures.reasons { object.add(name, count) }
        }
        object.add("statuses") { object in
            for (status, count) in batch.sortedStatuses { object.add(status, count) }
        }
        object.add("waiting", batch.waiting)
        object.add("delayed", batch.delayed)
        object.add("missing", batch.missing)
        object.add("audio_seconds", progress.audioSeconds)
        object.add("workers") { object in
            for (worker, count) in batch.sortedWorkers { object.add(worker, count) }
        }
        object.add("submitted_at", batch.submits.last?.submitDate?.iso8601)
        object.add("open_submit_since", batch.openSubmit?.submitDate?.iso8601)
        object.add("first_result_at", batch.firstResultDate?.iso8601)
        object.add("last_result_at", batch.lastResultDate?.iso8601)
        object.add("losses", shownLosses(batch).map(\.description))

        row("batch", batch.batchID)
        row("state", batch.stateWords)
        for submit in batch.submits {
            row("submitted", "\(submit.submitDate?.iso8601 ?? "?"), \(number(submit.jobCount)) jobs, run \(submit.run)")
        }
        if let open = batch.openSubmit {
            row(
                "open submit",
                "since \(open.submitDate?.iso8601 ?? "?"), run \(open.run): it is running, or it broke and has to be "
                    + "repeated with --resume")
        }
        row("done", progress.total.map { "\(number(progress.done)) of \(number($0))" } ?? number(progress.done))
        row("failed", number(progress.failed))
        for entry in batch.failures.entries { row("", "\(number(entry.count)) \(entry.name)") }
        let delayed = batch.delayed > 0 ? ", \(number(batch.delayed)) of them delayed: to be tried again later" : ""
        row("waiting", number(batch.waiting) + delayed)
        if let missing = batch.missing, missing > 0 {
            row("missing", "\(number(missing)), neither with a result nor in the queue: submit the batch again")
        }
        row("audio", ReadableNumber.duration(seconds: progress.audioSeconds))
        row("workers", batch.sortedWorkers.map { "\($0) (\(number($1)))" }.joined(separator: ", "))
        if let first = batch.firstResultDate { row("first result", first.iso8601) }
        if let last = batch.lastResultDate { row("last result", last.iso8601) }
        for loss in shownLosses(batch) { row(loss.isExpiry ? "expired" : "lost", loss.description) }
        if let first = batch.unreadable.first { row("skipped", "\(number(batch.unreadable.count)), such as \(first)") }
    }

    private mutating func describe(_ job: JobStatus) {
        object.add("id", job.jobID)
        object.add("kind", "job")
        object.add("topic", job.partition.topic)
        object.add("partition", job.partition.partition)
        object.add("offset", job.offset)
        row("job", job.jobID)
        switch job.state {
        case .finished(let result):
            object.add("state", "finished")
            object.add("result") { ResultLine(result).add(to: &$0) }
            row("state", "finished: \(result.status.schemaName)")
            if result.hasError { row("error", "\(result.error.reason.schemaName): \(result.error.message)") }
            row("file", result.fileName)
            if result.status.isSuccess {
                row("audio", ReadableNumber.duration(seconds: result.audioSeconds))
                row("text", result.text)
            }
            row("run", String(result.run))
            if !result.batchID.isEmpty { row("batch", result.batchID) }
            row("worker", result.worker)
            if let date = result.finishDate { row("finished", date.iso8601) }
        case .waiting(let waiting, let behind):
            object.add("state", "waiting")
            object.add("behind", behind)
            row(
                "state",
                behind == 0
                    ? "next in its partition, or being worked on"
                    : "waiting, or being worked on: \(number(behind)) places behind the first unfinished record")
            describe(waiting)
        case .delayed(let delayed, let date):
            object.add("state", "delayed")
            object.add("not_before", date?.iso8601)
            row("state", "failed for a while; to be tried again\(date.map { " not before \($0.iso8601)" } ?? " later")")
            describe(delayed)
        }
        row("at", "\(job.partition) offset \(job.offset)")
    }

    private mutating func describe(_ job: TranslationJob) {
        object.add("file", job.fileName)
        object.add("run", job.run)
        object.add("batch_id", job.batchID)
        row("file", job.fileName)
        row("run", String(job.run))
        if !job.batchID.isEmpty { row("batch", job.batchID) }
        if let deadline = job.deadlineDate { row("deadline", deadline.iso8601) }
    }

    /// What has expired matters only while something is missing.
    private func shownLosses(_ batch: BatchStatus) -> [RecordLoss] {
        batch.isComplete ? [] : batch.losses
    }

    private mutating func row(_ name: String, _ value: String) {
        rows.append((name, value))
    }

    private func number(_ number: some BinaryInteger) -> String { ReadableNumber.count(number) }
}

extension BatchStatus {
    fileprivate var stateName: String {
        if openSubmit != nil { "submitting" } else if isComplete { "complete" } else { "running" }
    }

    fileprivate var stateWords: String {
        switch stateName {
        case "complete" where progress.failed > 0: "complete, with failures"
        case "submitting": "still being submitted, or its submit broke"
        case let name: name
        }
    }

    fileprivate var sortedStatuses: [(String, Int)] {
        statuses.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.schemaName, $0.value) }
    }

    fileprivate var sortedWorkers: [(String, Int)] { workers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}
