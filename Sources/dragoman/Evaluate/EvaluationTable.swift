import Evaluation

/// A report's scores for a terminal.
struct EvaluationTable {
    let lines: [String]

    init(_ report: EvaluationReport) {
        let isCompared = report.baseline != nil
        var columns: [(String, TextTable.Alignment)] = [
            ("DIRECTION", .left), ("RECORDINGS", .right), ("FAILED", .right), ("BLEU", .right), ("CHRF2", .right),
        ]
        if isCompared { columns += [("BASELINE", .right), ("DIFFERENCE", .right), ("P", .right)] }
        columns.append(("PUBLISHED", .right))
        var table = TextTable(columns.map { (title: $0.0, alignment: $0.1) })
        for direction in report.directions {
            var row = [
                direction.direction.code, String(direction.segments), String(direction.failed),
                direction.bleu.fixed(1), direction.chrf2.fixed(1),
            ]
            if isCompared {
                let comparison = direction.bleuComparison
                row += [
                    comparison?.baseline.fixed(1) ?? "-", comparison?.difference.fixed(1) ?? "-",
                    comparison?.pValue.fixed(4) ?? "-",
                ]
            }
            let published = direction.published.first { $0.size == report.size }
            row.append(published.map { "\($0.bleu.fixed(1)) \($0.evidence.mark)" } ?? "-")
            table.add(row)
        }
        lines = table.lines
    }
}

extension String {
    /// Without this at the end.
    func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
