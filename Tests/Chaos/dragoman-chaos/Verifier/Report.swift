import Foundation

/// The verdict on a run.
struct Report: Codable, Sendable {
    var scenario: String
    var seed: UInt64
    var isClean: Bool
    var figures: Figures
    var violations: [Violation]

    /// Judges a run by its folder.
    init(_ folder: OutputFolder) throws {
        let evidence = try Evidence(folder)
        let scenario = try Scenarios.named(evidence.settings.scenario)
        self.scenario = evidence.settings.scenario
        seed = evidence.settings.seed
        violations = Rules.violations(in: evidence) + scenario.judge(evidence)
        isClean = violations.isEmpty
        figures = Figures(evidence, resources: Resources(path: folder.resources))
    }

    /// For machines.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// For people: the figures, then violations, of each rule the first few.
    var text: String {
        let width = figures.rows.map(\.name.count).max() ?? 0
        var lines = ["\(scenario), seed \(seed)"]
        lines += figures.rows.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count))  \(value)"
        }
        for (rule, broken) in Dictionary(grouping: violations, by: \.rule).sorted(by: { $0.key < $1.key }) {
            lines.append("BROKEN \(rule): \(broken.count) times")
            lines += broken.prefix(10).map { "  \($0.job): \($0.evidence)" }
        }
        lines.append(isClean ? "clean" : "\(violations.count) violations")
        return lines.joined(separator: "\n")
    }
}
