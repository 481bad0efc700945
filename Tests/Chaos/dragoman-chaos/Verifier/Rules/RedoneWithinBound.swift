/// A job is only begun again when its worker died or its partition changed hands while it was at work; altogether no
/// more than was in flight on all workers at each of these.
enum RedoneWithinBound: Rule {
    static let name = "redone within the bound"

    static func violations(in evidence: Evidence) -> [Violation] {
        let redone = Redone(evidence)
        var violations = redone.unexplained.map { history, earlier, later in
            violation(
                history.run,
                "process \(later.pid) began with it \((later.time - earlier.time) / 1_000_000) ms after process "
                    + "\(earlier.pid), and nothing had happened to that one's work")
        }
        if redone.repeats.count > redone.bound {
            violations.append(
                violation("all jobs", "\(redone.repeats.count) starts were repeated: expected at most \(redone.bound)"))
        }
        return violations
    }
}
