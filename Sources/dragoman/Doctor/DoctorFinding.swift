/// What one look at one thing found.
struct DoctorFinding: Encodable, Hashable, Sendable {
    enum Verdict: String, Encodable {
        case ok
        /// It works, but not as well as it could.
        case warning
        case failed
        case notChecked = "not_checked"
    }

    var name: String
    var verdict: Verdict
    /// What is there.
    var detail: String
    /// What to do about it.
    @Nullable var advice: String?

    init(_ name: String, _ verdict: Verdict = .ok, _ detail: String, advice: String? = nil) {
        self.name = name
        self.verdict = verdict
        self.detail = detail
        self.advice = advice
    }
}
