import Jobs

/// All that is known of one run of a job.
struct JobHistory: Sendable {
    let submission: Submission
    /// In the order of time.
    var starts: [EngineStart] = []
    /// In the order of the topic.
    var answers: [Answer] = []
    var letters: [Letter] = []
    /// When an attempt had failed and another one was put down for later.
    var postponements: [Int64] = []

    var run: JobRun { JobRun(jobID: submission.job, run: submission.run) }
    /// The one that counts.
    var answer: Answer? { answers.first }

    /// The plan; of a message that is not a job only its id counts.
    var plan: JobPlan {
        var plan = JobPlan(uri: submission.plan) ?? JobPlan(id: submission.job)
        if submission.isUnreadable { plan.trouble = .unreadable }
        return plan
    }
}
