/// The independent client has read every record.
enum EvidenceComplete: Rule {
    static let name = "evidence"

    static func violations(in evidence: Evidence) -> [Violation] {
        evidence.gaps.map { violation("kcat", $0) }
    }
}
