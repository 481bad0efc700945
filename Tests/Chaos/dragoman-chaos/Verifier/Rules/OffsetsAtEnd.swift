/// When all is done, all is committed: soon, while the workers are still there and idle, and when they have left.
enum OffsetsAtEnd: Rule {
    static let name = "offsets"

    static func violations(in evidence: Evidence) -> [Violation] {
        let sources = Set(evidence.settings.sources)
        let lagging = evidence.journal.filter { $0.event == .lagging }.map {
            violation("idle workers", "leave committed \($0.detail ?? "")")
        }
        return lagging
            + evidence.ends.filter { sources.contains($0.topic) }.compactMap { end in
                guard !end.isCommitted else { return nil }
                return violation(
                    "\(end.topic)[\(end.partition)]",
                    "\(end.committed.map(String.init) ?? "nothing") is committed, and it ends at \(end.end)")
            }
    }
}
