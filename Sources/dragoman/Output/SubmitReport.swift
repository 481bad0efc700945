import CommandSupport
import Coordinator

/// What a submit says: the batch's id or JSON on standard output, words on standard error.
struct SubmitReport {
    let batch: JobBatch
    let isJSON: Bool
    let isQuiet: Bool

    /// Says what is odd about the recordings.
    /// - Throws: ``ExitStatus`` when something keeps the batch from being sent, or an error when it is empty.
    func showFindings() throws {
        if let first = batch.duplicates.first.first {
            note("\(recordings(batch.duplicates.count)) given more than once, each sent once; the first is \(first)")
        }
        if batch.leftOutCount > 0 {
            note("\(ReadableNumber.counted(batch.leftOutCount, "file")) left out: not named like a recording")
        }
        complain(batch.unreadable)
        complain(batch.problems)
        guard !batch.problems.isEmpty else {
            guard batch.jobCount == 0 else { return }
            throw CoordinatorError(.emptyBatch, "there is nothing to submit")
        }
        try showJSON(nil)
        complain("\(ReadableNumber.counted(batch.problems.count, "problem")): nothing was sent")
        throw ExitStatus.usage
    }

    /// Says what would be sent.
    /// - Throws: ``ExitStatus`` when some jobs would fail.
    func endDryRun() throws {
        let jobs = ReadableNumber.counted(batch.jobCount, "job")
        let unknown = batch.unknownLengthCount
        var audio = "\(ReadableNumber.duration(seconds: batch.audioSeconds)) of audio"
        if unknown == batch.jobCount {
            audio = "of unknown length"
        } else if unknown > 0 {
            audio += " and \(recordings(unknown)) of unknown length"
        }
        note("batch \(batch.id): \(jobs), \(audio): nothing was sent")
        try showData(nil)
        guard batch.unreadable.isEmpty else {
            complain("\(recordings(batch.unreadable.count)) can't be read")
            throw ExitStatus.someFailed
        }
    }

    /// Says what was sent.
    /// - Throws: ``ExitStatus`` when the submit was interrupted.
    func end(_ summary: SubmitSummary) throws {
        guard summary.isComplete else {
            try showJSON(summary)
            let total = summary.jobCount - summary.answeredCount - summary.waitingCount
            complain(
                "interrupted: \(ReadableNumber.count(summary.sentCount)) of \(ReadableNumber.counted(total, "job")) of "
                    + "batch \(summary.batchID) sent; the same command with --resume sends the rest")
            throw ExitStatus.interrupted
        }
        note("batch \(summary.batchID): \(summary.words)")
        if summary.sentCount > 0 { note("collect with: dragoman gather \(summary.batchID)") }
        try showData(summary)
    }

    private func showData(_ summary: SubmitSummary?) throws {
        if isJSON { try showJSON(summary) } else { StandardOutput.writeLine(batch.id) }
    }

    private func showJSON(_ summary: SubmitSummary?) throws {
        if isJSON { StandardOutput.writeLine(try JSONLine.string(SubmitLine(batch, summary))) }
    }

    private func recordings(_ count: Int) -> String { ReadableNumber.counted(count, "recording") }

    private func note(_ words: String) {
        if !isQuiet { StandardError.writeLine(words) }
    }

    private func complain(_ words: String) { StandardError.writeLine("dragoman: \(words)") }

    private func complain(_ problems: Excerpt<BatchProblem>) {
        for problem in problems.first { complain("\(problem)") }
        let further = problems.furtherCount
        if further > 0 { complain("… and \(ReadableNumber.count(further)) more like these") }
    }
}

extension SubmitSummary {
    /// Such as "27 jobs: 20 with a result (1 of them failed), 2 waiting, 5 sent".
    fileprivate var words: String {
        let jobs = ReadableNumber.counted(jobCount, "job")
        guard sentCount < jobCount else { return "\(jobs) sent" }
        let failed = failedCount > 0 ? " (\(ReadableNumber.count(failedCount)) of them failed)" : ""
        if answeredCount == jobCount { return "\(jobs), all have a result\(failed): nothing sent" }
        if waitingCount == jobCount { return "\(jobs), all are waiting for a worker: nothing sent" }
        var parts: [String] = []
        if answeredCount > 0 { parts.append("\(ReadableNumber.count(answeredCount)) with a result\(failed)") }
        if waitingCount > 0 { parts.append("\(ReadableNumber.count(waitingCount)) waiting") }
        parts.append(sentCount > 0 ? "\(ReadableNumber.count(sentCount)) sent" : "nothing sent")
        return "\(jobs): \(parts.joined(separator: ", "))"
    }
}
