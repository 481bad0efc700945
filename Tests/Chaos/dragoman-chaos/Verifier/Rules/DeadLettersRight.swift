import Jobs

/// What is given up is kept as it came, once; nothing else is.
enum DeadLettersRight: Rule {
    static let name = "dead letters"
    /// A job kills its worker once in company and three times alone.
    private static let deaths = 4

    static func violations(in evidence: Evidence) -> [Violation] {
        evidence.strayLetters.map { violation($0.place, "keeps a record that nobody submitted") }
            + evidence.inOrder.flatMap { violations(of: $0, in: evidence) }
    }

    /// How often workers died of a job. One that has lost its partition goes on with what it runs, so two may have the
    /// same job at the same time: that is one attempt, whoever dies of it.
    private static func deaths(of history: JobHistory) -> Int {
        var count = 0
        var last = Int64.min
        for start in history.starts where start.diedOfIt {
            if start.time > last { count += 1 }
            last = max(last, start.until)
        }
        return count
    }

    /// How often workers ended while they were at a job, whatever of: for all that the next ones can know, of it.
    private static func suspiciousEnds(of history: JobHistory, in evidence: Evidence) -> Int {
        history.starts.count { start in
            if start.diedOfIt { return true }
            guard let life = evidence.chronicle.lives[start.pid], let end = life.killed ?? life.dying else {
                return false
            }
            return start.time <= end && end <= start.until
        }
    }

    private static func violations(of history: JobHistory, in evidence: Evidence) -> [Violation] {
        var violations: [Violation] = []
        func complain(_ text: String) { violations.append(violation(history.run, text)) }
        let isDead = history.answer?.status == .deadLettered
        if isDead != !history.letters.isEmpty {
            complain(
                "\(history.letters.count) dead letters, and the result says "
                    + (history.answer?.status.schemaName ?? "nothing"))
        }
        for (first, second) in zip(history.letters, history.letters.dropFirst()) {
            let between = first.seen...max(first.seen, second.seen)
            if !evidence.chronicle.disruptions.contains(where: { $0.overlaps(between) }) {
                complain("\(first.place) and \(second.place) keep it twice, and nothing had happened in between")
            }
        }
        for letter in history.letters {
            if letter.value != history.submission.value { complain("\(letter.place) has not the bytes that were sent") }
            if letter.key != history.submission.job { complain("\(letter.place) has another key") }
            let origin = RecordPlace(
                topic: history.submission.topic, partition: history.submission.partition,
                offset: history.submission.offset)
            if letter.origin != origin { complain("\(letter.place) does not say that it was at \(origin)") }
        }
        let deaths = deaths(of: history)
        if deaths > Self.deaths { complain("\(deaths) workers died of it: expected at most \(Self.deaths)") }
        let ends = suspiciousEnds(of: history, in: evidence)
        if history.answer?.reason == JobError.Reason.workerCrashed.schemaName, ends < Self.deaths {
            complain("it is blamed, though only \(ends) workers ended while they were at it")
        }
        return violations
    }
}
