/// BLEU by direction as a picture in SVG: a bar for each direction, and the paper's figures as marks.
struct EvaluationPicture {
    private static let (width, labelWidth, right) = (760.0, 210.0, 56.0)
    private static let (rowHeight, barHeight, headingHeight) = (24.0, 13.0, 26.0)
    private static let (ink, faint, bar, baselineBar) = ("#1f2933", "#d5dbe1", "#2f6f9f", "#c9873b")
    private static let marks: [CheckpointSize: String] = [.small: "#7b8794", .medium: "#8250a8", .large: "#b3261e"]

    private let report: EvaluationReport
    private let top: Double
    private let limit: Double

    init(_ report: EvaluationReport) {
        self.report = report
        top = report.baseline == nil ? 84 : 102
        let figures = report.directions.flatMap { direction -> [Double] in
            [direction.bleu, direction.bleuComparison?.baseline ?? 0] + direction.published.map { $0.bleu }
        }
        // Whole tens above everything, 50 to 100.
        limit = min(100, max(50, ((figures.max() ?? 0) / 10).rounded(.up) * 10))
    }

    /// The file's text.
    var text: String {
        var y = top
        var rows: [String] = []
        for (heading, directions) in sections {
            rows.append(label(heading, x: 16, y: y + 17, size: 13, weight: "bold"))
            y += Self.headingHeight
            for direction in directions {
                rows += row(direction, y: y)
                y += Self.rowHeight
            }
            y += 8
        }
        let height = y + 30
        return
            ([
                #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(number(Self.width))" height="\#(number(height))" "#
                    + #"viewBox="0 0 \#(number(Self.width)) \#(number(height))" font-family="sans-serif">"#,
                #"<title>BLEU by direction: \#(escape(report.system.name))</title>"#,
                #"<rect width="100%" height="100%" fill="white"/>"#,
                label("BLEU by direction: \(report.system.name)", x: 16, y: 28, size: 17, weight: "bold"),
            ] + legend + axis(from: top + 4, to: y) + rows + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    /// The directions under the headings of the paper's groups.
    private var sections: [(String, [DirectionReport])] {
        var sections: [(String, [DirectionReport])] = SpokenLanguage.Resources.allCases.map { resources in
            ("Into English, \(resources.rawValue) resources", intoEnglish.filter { $0.resources == resources })
        }
        sections.append(("From English", report.directions.filter { $0.direction.source == "en" }))
        let named = Set(sections.flatMap(\.1).map(\.direction))
        sections.append(("Other directions", report.directions.filter { !named.contains($0.direction) }))
        return sections.filter { !$0.1.isEmpty }
    }

    private var intoEnglish: [DirectionReport] { report.directions.filter { $0.direction.target == "en" } }

    /// The sizes whose figures are shown: the model's own, or all.
    private var sizes: [CheckpointSize] { report.size.map { [$0] } ?? CheckpointSize.allCases }

    private var legend: [String] {
        var lines = [
            #"<rect x="16" y="44" width="22" height="\#(number(Self.barHeight))" fill="\#(Self.bar)"/>"#,
            label(report.system.name, x: 44, y: 55, size: 12),
        ]
        if let baseline = report.baseline {
            lines += [
                #"<rect x="16" y="62" width="22" height="5" fill="\#(Self.baselineBar)"/>"#,
                label(baseline.name, x: 44, y: 69, size: 12),
            ]
        }
        var x = Self.width / 2
        lines.append(label("published:", x: x, y: 55, size: 12))
        x += 76
        for size in sizes {
            lines += [mark(size, x: x, y: 42), label("XLS-R \(size.rawValue)", x: x + 8, y: 55, size: 12)]
            x += 94
        }
        return lines
    }

    private func row(_ direction: DirectionReport, y: Double) -> [String] {
        let title = direction.direction.target == "en" ? direction.direction.source : direction.direction.target
        var lines = [
            label(
                "\(SpokenLanguage.name(title)) (\(direction.direction.code))", x: Self.labelWidth - 8, y: y + 14,
                size: 12,
                anchor: "end"),
            #"<rect x="\#(number(Self.labelWidth))" y="\#(number(y + 3))" width="\#(number(length(direction.bleu)))" "#
                + #"height="\#(number(Self.barHeight))" fill="\#(Self.bar)"/>"#,
        ]
        if let comparison = direction.bleuComparison {
            lines.append(
                #"<rect x="\#(number(Self.labelWidth))" y="\#(number(y + 4 + Self.barHeight))" "#
                    + #"width="\#(number(length(comparison.baseline)))" height="5" fill="\#(Self.baselineBar)"/>"#)
        }
        for size in sizes {
            guard let figure = direction.published.first(where: { $0.size == size }) else { continue }
            lines.append(mark(size, x: Self.labelWidth + length(figure.bleu), y: y + 1))
        }
        lines.append(label(direction.bleu.fixed(1), x: Self.width - 12, y: y + 14, size: 12, anchor: "end"))
        return lines
    }

    private func axis(from top: Double, to bottom: Double) -> [String] {
        stride(from: 0, through: limit, by: 10).flatMap { value in
            let x = Self.labelWidth + length(value)
            return [
                #"<line x1="\#(number(x))" y1="\#(number(top))" x2="\#(number(x))" y2="\#(number(bottom))" "#
                    + #"stroke="\#(Self.faint)"/>"#,
                label(value.fixed(0), x: x, y: bottom + 16, size: 11, anchor: "middle"),
            ]
        }
    }

    private func mark(_ size: CheckpointSize, x: Double, y: Double) -> String {
        #"<rect x="\#(number(x - 1.5))" y="\#(number(y))" width="3" height="\#(number(Self.barHeight + 4))" "#
            + #"fill="\#(Self.marks[size] ?? Self.ink)"/>"#
    }

    private func length(_ bleu: Double) -> Double {
        min(limit, max(0, bleu)) / limit * (Self.width - Self.labelWidth - Self.right)
    }

    private func label(
        _ text: String, x: Double, y: Double, size: Int, weight: String = "normal", anchor: String = "start"
    ) -> String {
        #"<text x="\#(number(x))" y="\#(number(y))" font-size="\#(size)" font-weight="\#(weight)" "#
            + #"text-anchor="\#(anchor)" fill="\#(Self.ink)">\#(escape(text))</text>"#
    }

    private func number(_ value: Double) -> String { value.fixed(1) }

    private func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML has no place for control characters.
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension EvaluationReport {
    /// BLEU by direction as a picture in SVG.
    public var svg: String { EvaluationPicture(self).text }
}
