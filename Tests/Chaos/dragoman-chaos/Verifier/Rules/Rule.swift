/// Something that must hold of every run.
protocol Rule: Sendable {
    static var name: String { get }
    static func violations(in evidence: Evidence) -> [Violation]
}

extension Rule {
    static func violation(_ job: some CustomStringConvertible, _ evidence: String) -> Violation {
        Violation(rule: name, job: job.description, evidence: evidence)
    }
}
