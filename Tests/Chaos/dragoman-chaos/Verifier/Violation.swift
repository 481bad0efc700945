/// Something that must not have happened.
struct Violation: Codable, Sendable, Hashable, CustomStringConvertible {
    /// Which rule it breaks.
    var rule: String
    /// `ID/RUN` of the job, or whatever else it is about.
    var job: String
    /// What shows it.
    var evidence: String

    var description: String { "\(rule): \(job): \(evidence)" }
}
