import Jobs

@testable import dragoman_chaos

/// Evidence of a run that never was: one worker, and jobs that went well unless a test says otherwise.
struct ExampleRun {
    static let pid: Int32 = 100
    static let otherPID: Int32 = 200
    /// Nanoseconds of a second.
    static let second: Int64 = 1_000_000_000

    var journal: [JournalEntry] = []
    var submissions: [Submission] = []
    var answers: [Answer] = []
    var letters: [Letter] = []
    var ends: [PartitionEnd] = []
    private var offset: Int64 = 0

    init() {
        for (pid, name) in [(Self.pid, "w1-1"), (Self.otherPID, "w2-1")] {
            note(.spawned, at: 0, pid: pid, worker: name)
            note(.assigned, at: 1, pid: pid)
            note(.terminated, at: 1_000, pid: pid)
            note(.exited, at: 1_001, pid: pid, worker: name, detail: "0")
        }
    }

    var violations: [Violation] { Rules.violations(in: evidence) }

    /// The rules that are broken.
    var broken: Set<String> { Set(violations.map(\.rule)) }

    var evidence: Evidence {
        Evidence(
            settings: RunSettings(
                scenario: "kills", seed: 1, minutes: 1, jobs: submissions.count, workers: 2, broker: .embedded),
            journal: journal, submissions: submissions, answers: answers, letters: letters, ends: ends)
    }

    mutating func note(
        _ event: JournalEntry.Event, at seconds: Double, pid: Int32 = pid, job: String? = nil, worker: String? = nil,
        detail: String? = nil
    ) {
        journal.append(
            JournalEntry(
                time: Self.time(seconds), pid: pid, event: event, job: job, worker: worker, detail: detail))
    }

    @discardableResult
    mutating func submit(_ plan: JobPlan, at seconds: Double = 19, deadline: Double? = nil) -> Submission {
        offset += 1
        let submission = Submission(
            job: plan.id, run: 0, batch: "b", plan: plan.uri, isUnreadable: false, topic: "chaos.jobs", partition: 0,
            offset: offset, time: Self.time(seconds), deadline: deadline.map(Self.time), value: "{\(plan.id)}")
        submissions.append(submission)
        return submission
    }

    /// A job that was submitted, done once, and answered.
    mutating func complete(_ plan: JobPlan, from start: Double = 20, to end: Double = 21) {
        submit(plan)
        note(.start, at: start, job: plan.id)
        answer(plan, at: end)
    }

    mutating func answer(
        _ plan: JobPlan, _ status: TranslationResult.Status = .ok, at seconds: Double, text: String? = nil,
        reason: String = ""
    ) {
        answers.append(
            Answer(
                run: JobRun(jobID: plan.id, run: 0), status: status, text: status == .ok ? text ?? plan.text : "",
                tokens: status == .ok ? plan.tokens : [], reason: reason, worker: "w1-1",
                place: RecordPlace(topic: "chaos.results", partition: 0, offset: Int64(answers.count)),
                finished: Self.time(seconds), seen: Self.time(seconds)))
    }

    mutating func bury(_ submission: Submission, at seconds: Double, value: String? = nil) {
        letters.append(
            Letter(
                key: submission.job, value: value ?? submission.value, headers: [],
                place: RecordPlace(topic: "chaos.dead-letters", partition: 0, offset: Int64(letters.count)),
                origin: RecordPlace(
                    topic: submission.topic, partition: submission.partition, offset: submission.offset),
                failureClass: "lethal", reason: "WORKER_CRASHED", seen: Self.time(seconds)))
    }

    /// A partition of the jobs topic.
    mutating func end(_ end: Int64, committed: Int64?) {
        ends.append(
            PartitionEnd(topic: "chaos.jobs", partition: 0, low: 0, end: end, committed: committed, metadata: nil))
    }

    private static func time(_ seconds: Double) -> Int64 { Int64(seconds * 1e9) }
}
