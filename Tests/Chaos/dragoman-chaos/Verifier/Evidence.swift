import Jobs

/// What a run left behind.
struct Evidence: Sendable {
    var settings: RunSettings
    var journal: [JournalEntry]
    var chronicle: Chronicle
    /// By job and run.
    var histories: [JobRun: JobHistory]
    /// Results of jobs that nobody submitted.
    var strayAnswers: [Answer] = []
    /// Dead letters of records that nobody submitted.
    var strayLetters: [Letter] = []
    var ends: [PartitionEnd]
    /// One past the highest offset the tails have read, by topic and partition, where something was missing on the way.
    var gaps: [String] = []

    /// All that is known of a run of a job.
    func history(of run: JobRun) -> JobHistory? { histories[run] }

    /// The histories in the order of submission.
    var inOrder: [JobHistory] {
        histories.values.sorted { ($0.submission.time, $0.submission.job) < ($1.submission.time, $1.submission.job) }
    }

    /// - Parameters:
    ///   - answers: in the order of the topic within each partition.
    init(
        settings: RunSettings, journal: [JournalEntry], submissions: [Submission], answers: [Answer],
        letters: [Letter], ends: [PartitionEnd], gaps: [String] = []
    ) {
        self.settings = settings
        self.journal = journal.sorted { $0.time < $1.time }
        self.ends = ends
        self.gaps = gaps
        chronicle = Chronicle(self.journal, settings: settings)
        histories = Dictionary(
            submissions.map { (JobRun(jobID: $0.job, run: $0.run), JobHistory(submission: $0)) },
            uniquingKeysWith: { first, _ in first })
        let runs = RunsByTime(submissions)
        for answer in answers {
            if histories[answer.run] == nil { strayAnswers.append(answer) }
            histories[answer.run]?.answers.append(answer)
        }
        for letter in letters {
            if let job = letter.key, let run = runs.run(of: job, at: letter.seen) {
                histories[run]?.letters.append(letter)
            } else {
                strayLetters.append(letter)
            }
        }
        addStarts(runs)
    }

    /// Which run a start belongs to is a matter of time: the engine does not know.
    private mutating func addStarts(_ runs: RunsByTime) {
        var open: [String: EngineStart] = [:]
        func key(_ entry: JournalEntry) -> String { "\(entry.pid) \(entry.job ?? "")" }
        var done: [(job: String, start: EngineStart)] = []
        for entry in journal {
            guard let job = entry.job else { continue }
            switch entry.event {
            case .start:
                let life = chronicle.lives[entry.pid]
                if let earlier = open[key(entry)] { done.append((job, earlier)) }
                open[key(entry)] = EngineStart(
                    pid: entry.pid, time: entry.time, until: life?.exited ?? .max)
            case .dying: open[key(entry)]?.diedOfIt = true
            case .acknowledged:
                open[key(entry)]?.end(at: entry.time)
                if entry.detail == "retry", let run = runs.run(of: job, at: entry.time) {
                    histories[run]?.postponements.append(entry.time)
                }
            case .end where entry.detail != "done": open[key(entry)]?.end(at: entry.time)
            default: break
            }
        }
        done += open.map { (String($0.key.drop { $0 != " " }.dropFirst()), $0.value) }
        for (job, start) in done {
            guard let run = runs.run(of: job, at: start.time) else { continue }
            var start = start
            if let seen = histories[run]?.answer?.seen, seen >= start.time { start.end(at: seen) }
            histories[run]?.starts.append(start)
        }
        for run in histories.keys { histories[run]?.starts.sort { $0.time < $1.time } }
    }
}
