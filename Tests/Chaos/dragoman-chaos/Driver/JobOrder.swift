/// A job that is to be submitted.
struct JobOrder: Sendable, Hashable {
    var plan: JobPlan
    var run: UInt32 = 0
    var batch = ""
    var isBulk = false
    /// Milliseconds from the submission.
    var deadline: Int?
}
