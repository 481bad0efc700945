/// Every job that the brokers took has a terminal record, for each of its runs.
enum NothingLost: Rule {
    static let name = "nothing lost"

    static func violations(in evidence: Evidence) -> [Violation] {
        evidence.inOrder.filter(\.answers.isEmpty).map { history in
            let submission = history.submission
            let starts = history.starts.map { "\($0.pid)" }.joined(separator: ", ")
            return violation(
                history.run,
                "no result; the job lies at \(submission.topic)/\(submission.partition)/\(submission.offset), "
                    + (starts.isEmpty ? "no engine began with it" : "engines that began with it: \(starts)"))
        }
    }
}
