import Coordinator
import Jobs

/// What `cancel` did, and what became of the jobs.
struct CancelReport {
    let outcome: CancelOutcome
    /// `nil` where nobody waited for it.
    var ended: CancelWatcher.Outcome?

    private var cancellation: Cancellation { outcome.cancellation }
    private var isBatch: Bool { if case .batchID = cancellation.target { true } else { false } }
    private var doneCount: Int { ended?.statuses.values.reduce(0, +) ?? 0 }

    /// What was done.
    var words: String {
        let runs = cancellation.maxRun == 0 ? "run 0" : "runs up to \(cancellation.maxRun)"
        let jobs = outcome.jobCount.map { ", \(ReadableNumber.counted($0, "job"))" } ?? ""
        return "called off \(isBatch ? "batch" : "job") \(cancellation.targetID), \(runs)\(jobs)"
    }

    /// What became of the jobs, such as "1,000 of 1,000 ended: 100 OK, 900 CANCELLED".
    var counts: String? {
        guard let ended else { return nil }
        let parts = statuses.map { "\(ReadableNumber.count($0.count)) \($0.name)" }
        return "\(ReadableNumber.count(doneCount)) of \(ReadableNumber.count(ended.total)) ended"
            + (parts.isEmpty ? "" : ": ") + parts.joined(separator: ", ")
    }

    /// What is missing where waiting ended too soon.
    var shortfall: String {
        if case .jobsMissing(let missing) = ended?.ending {
            return "\(ReadableNumber.counted(missing, "job")) without a result in no queue any more"
        }
        return "timed out: \(counts ?? "")"
    }

    var json: String {
        var object = JSONText()
        object.add("id", cancellation.targetID)
        object.add("kind", isBatch ? "batch" : "job")
        object.add("max_run", cancellation.maxRun)
        object.add("reason", cancellation.reason)
        object.add("requested_by", cancellation.requestedBy)
        object.add("jobs", outcome.jobCount)
        if ended != nil {
            object.add("done", doneCount)
            object.add("statuses") { object in
                for status in statuses { object.add(status.name, status.count) }
            }
        }
        return object.text
    }

    private var statuses: [(name: String, count: Int)] {
        (ended?.statuses ?? [:]).sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.schemaName, $0.value) }
    }
}
