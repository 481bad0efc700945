/// What must hold of every run.
enum Rules {
    static let all: [any Rule.Type] = [
        EvidenceComplete.self, NothingLost.self, OneAnswer.self, RightOutcome.self, NoStartAfterAnswer.self,
        RedoneWithinBound.self, DeadLettersRight.self, OffsetsAtEnd.self, NoUnexpectedExit.self,
    ]

    static func violations(in evidence: Evidence) -> [Violation] {
        all.flatMap { $0.violations(in: evidence) }
    }
}
