import Coordinator

/// What a submit says: the batch's id or JSON on standard output, words on standard error.
struct SubmitReport {
    let batch: JobBatch
    let isJSON: Bool

    /// Says what is odd about the recordings.
    /// - Throws: ``ExitStatus`` when something keeps the batch from being sent.
    func showFindings() throws {
        if !batch.duplicates.isEmpty {
            let count = counted(batch.duplicates.count, "recording")
            say("\(count) given more than once, each sent once; the first is \(batch.duplicates.first.first ?? "")")
        }
        if batch.leftOutCount > 0 {
            say("\(counted(batch.leftOutCount, "file")) left out: not named like a recording")
        }
        list(batch.unreadable)
        list(batch.problems)
        if batch.problems.isEmpty {
            guard batch.jobCount == 0 else { return }
            throw CoordinatorError(.emptyBatch, "there is nothing to submit")
        }
        try showJSON(nil)
        say("\(counted(batch.problems.count, "problem")): nothing was sent")
        throw ExitStatus.usage
    }

    /// Says what would be sent.
    /// - Throws: ``ExitStatus`` when some jobs would fail.
    func endDryRun() throws {
        let unknown = batch.unknownLengthCount
        let rest = unknown == 0 ? "" : ", without \(counted(unknown, "recording")) of unknown length"
        let audio = unknown == batch.jobCount ? "of unknown length" : "\(batch.audioSeconds.inHours) of audio\(rest)"
        say("batch \(batch.id): \(counted(batch.jobCount, "job")), \(audio): nothing was sent")
        try showData(nil)
        guard batch.unreadable.isEmpty else {
            say("\(counted(batch.unreadable.count, "recording")) can't be read")
            throw ExitStatus.someFailed
        }
    }

    /// Says what was sent.
    /// - Throws: ``ExitStatus`` when the submit was interrupted.
    func end(_ summary: SubmitSummary) throws {
        guard summary.isComplete else {
            try showJSON(summary)
            let total = summary.jobCount - summary.answeredCount - summary.waitingCount
            say(
                "interrupted: \(summary.sentCount) of \(counted(total, "job")) of batch \(summary.batchID) sent; the "
                    + "same command with --resume sends the rest")
            throw ExitStatus.interrupted
        }
        say("batch \(summary.batchID): \(summary.words)")
        if summary.sentCount > 0 { say("collect with: dragoman gather \(summary.batchID)") }
        try showData(summary)
    }

    private func showData(_ summary: SubmitSummary?) throws {
        if isJSON { try showJSON(summary) } else { StandardOutput.writeLine(batch.id) }
    }

    private func showJSON(_ summary: SubmitSummary?) throws {
        if isJSON { StandardOutput.writeLine(try JSONLine.string(SubmitLine(batch, summary))) }
    }

    private func list(_ problems: Excerpt<BatchProblem>) {
        for problem in problems.first { say("\(problem)") }
        if problems.furtherCount > 0 { say("… and \(problems.furtherCount) more like these") }
    }

    private func say(_ words: String) { StandardError.writeLine("dragoman: \(words)") }
}

extension SubmitSummary {
    /// Such as "27 jobs: 20 have a result (1 of them failed), 2 are waiting, 5 sent".
    fileprivate var words: String {
        let jobs = counted(jobCount, "job")
        guard sentCount < jobCount else { return "\(jobs) sent" }
        let failed = failedCount > 0 ? " (\(failedCount) of them failed)" : ""
        if answeredCount == jobCount { return "\(jobs), all have a result\(failed): nothing sent" }
        if waitingCount == jobCount { return "\(jobs), all are waiting for a worker: nothing sent" }
        var parts: [String] = []
        if answeredCount > 0 { parts.append("\(answeredCount) have a result\(failed)") }
        if waitingCount > 0 { parts.append("\(waitingCount) are waiting") }
        return "\(jobs): \((parts + [sentCount > 0 ? "\(sentCount) sent" : "nothing sent"]).joined(separator: ", "))"
    }
}

extension Double {
    /// Seconds as people say them.
    fileprivate var inHours: String {
        let seconds = Int(exactly: rounded()) ?? .max
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        default: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}
