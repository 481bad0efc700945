extension EvaluationReport {
    /// The report for people.
    /// - Parameter picture: path of the picture, beside the report.
    public func markdown(picture: String) -> String {
        var lines = ["# Evaluation of \(MarkdownTable.escape(system.name))", ""]
        lines += heading + ["", "![BLEU by direction](\(picture))", ""]
        lines += ["## Directions", ""] + directionTable + notes
        if !groups.isEmpty { lines += ["## Groups", ""] + groupTable }
        if let baseline { lines += ["## Against \(MarkdownTable.escape(baseline.name))", ""] + comparisonTable }
        if !worst.isEmpty { lines += ["## Worst sentences", ""] + worstTable }
        lines += ["## Times", ""] + timeLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        func describe(_ system: System) -> String {
            let models = system.models.map {
                "\(MarkdownTable.escape($0.name)) in \($0.precision), `\($0.digest.prefix(12))`"
            }
            let decoding = system.decoding.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return (models.isEmpty ? ["unknown"] : models).joined(separator: "; ")
                + (decoding.isEmpty ? "; the checkpoint's own settings" : "; \(decoding.joined(separator: ", "))")
        }
        var lines = ["- Model: \(describe(system))"]
        if let baseline { lines.append("- Baseline: \(MarkdownTable.escape(baseline.name)): \(describe(baseline))") }
        let failures = failed > 0 ? "\(failed) of them failed and count as empty translations" : "none failed"
        lines.append("- Recordings: \(segments), \(failures)")
        if missing > 0 { lines.append("- Without a result, and not counted: \(missing)") }
        for (_, signature) in signatures.bleu.sorted(by: { $0.key < $1.key }) { lines.append("- BLEU: `\(signature)`") }
        lines.append("- chrF2: `\(signatures.chrf2)`")
        return lines
    }

    private var directionTable: [String] {
        var table = MarkdownTable(
            ["direction", "recordings:", "failed:", "tokenizer", "BLEU:", "chrF2:"]
                + CheckpointSize.allCases.map { "XLS-R \($0.rawValue):" })
        for direction in directions {
            table.add(
                [
                    "\(direction.direction.title) (\(direction.direction.code))", String(direction.segments),
                    String(direction.failed), direction.tokenizer.rawValue, direction.bleu.fixed(1),
                    direction.chrf2.fixed(1),
                ] + Self.cells(direction.published))
        }
        return table.lines
    }

    private var groupTable: [String] {
        var table = MarkdownTable(
            ["group", "directions:", "BLEU:", "chrF2:"] + CheckpointSize.allCases.map { "XLS-R \($0.rawValue):" })
        for group in groups {
            table.add(
                [
                    group.name, "\(group.directions) of \(group.publishedDirections)", group.bleu.fixed(1),
                    group.chrf2.fixed(1),
                ] + Self.cells(group.published))
        }
        return ["Each direction counts the same. The paper's averages are over all directions of a group.", ""]
            + table.lines
    }

    private static func cells(_ published: [DirectionReport.Published]) -> [String] {
        CheckpointSize.allCases.map { size in
            published.first { $0.size == size }.map { "\($0.bleu.fixed(1)) \($0.evidence.mark)" } ?? "–"
        }
    }

    /// What the paper's columns mean, and what they say of these directions.
    private var notes: [String] {
        var lines: [String] = []
        let used = Set((directions.flatMap(\.published) + groups.flatMap(\.published)).map(\.evidence))
        if !used.isEmpty {
            let marks = Evidence.allCases.filter(used.contains).map { "*\($0.mark)* is \($0.explanation)" }
            lines += [
                "The columns XLS-R are \(PublishedQuality.title), and compare with nothing else; "
                    + "\(marks.joined(separator: "; ")).", "",
            ]
        }
        for verdict in [PublishedQuality.Verdict.unusable, .poor] {
            let titles = directions.filter { $0.verdict == verdict }.map(\.direction.title)
            guard let size, !titles.isEmpty else { continue }
            lines += [
                "By the paper, \(size.rawValue) is \(verdict.rawValue) for \(titles.joined(separator: ", ")).", "",
            ]
        }
        return lines
    }

    private var comparisonTable: [String] {
        var table = MarkdownTable([
            "direction", "BLEU:", "baseline:", "difference:", "p:", "chrF2:", "baseline:", "difference:", "p:",
        ])
        for direction in directions {
            guard let bleu = direction.bleuComparison, let chrf2 = direction.chrf2Comparison else { continue }
            table.add(
                ["\(direction.direction.title) (\(direction.direction.code))"] + Self.cells(direction.bleu, bleu)
                    + Self.cells(direction.chrf2, chrf2))
        }
        return [
            "Paired bootstrap resampling: score, mean of the samples ± 95%, and how probable a difference as large is where "
                + "both are essentially one system. Below 0.05 it is marked.", "",
        ] + table.lines
    }

    private static func cells(_ score: Double, _ comparison: DirectionReport.Comparison) -> [String] {
        func cell(_ score: Double, _ estimate: ScoreEstimate) -> String {
            "\(score.fixed(1)) (\(estimate.mean.fixed(1)) ± \(estimate.halfWidth.fixed(1)))"
        }
        return [
            cell(score, comparison.system), cell(comparison.baseline, comparison.baselineEstimate),
            "\(comparison.difference >= 0 ? "+" : "")\(comparison.difference.fixed(1))",
            comparison.pValue.fixed(4) + (comparison.pValue < 0.05 ? " *" : ""),
        ]
    }

    private var worstTable: [String] {
        var table = MarkdownTable(["recording", "chrF2:", "BLEU:", "log-probability:", "reference", "translation"])
        for segment in worst {
            table.add([
                segment.item, segment.chrf2.fixed(1), segment.bleu.fixed(1),
                segment.meanTokenLogprob.map { Double($0).fixed(2) } ?? "–", segment.reference,
                segment.reason.map { "(\($0))" } ?? segment.translation,
            ])
        }
        return [
            "Those least like their references by chrF2. The log-probability is the mean over a translation's tokens.",
            "",
        ]
            + table.lines
    }

    private var timeLines: [String] {
        guard let factor = times.realTimeFactor, let median = times.medianRealTimeFactor else {
            return ["No times are known."]
        }
        return [
            "- Audio: \(times.audioSeconds.fixed(1)) s",
            "- In work: \(times.busySeconds.fixed(1)) s, a real-time factor of \(factor.fixed(3))",
            "- A recording's own time: \(median.fixed(3)) of its length in the median",
        ]
    }
}
