/// A finding of the doctor for people: its verdict, its name, what there is, and below it what to do.
struct DoctorLine {
    let finding: DoctorFinding
    /// Whether the verdict is coloured.
    var isColoured = false
    /// Characters on a line; `nil` where nothing limits them.
    var width: Int?

    private static let verdictWidth = 9
    private static let nameWidth = 12
    private static let indentation = verdictWidth + nameWidth

    var lines: [String] {
        let room = width.map { max($0 - Self.indentation, 30) } ?? .max
        var texts = finding.detail.onOneLine.wrapped(to: room)
        if let advice = finding.advice {
            if finding.verdict == .notChecked {
                texts = "\(finding.detail): \(advice)".wrapped(to: room)
            } else {
                let lines = advice.wrapped(to: room - 2)
                texts += lines.enumerated().map { ($0.offset == 0 ? "→ " : "  ") + $0.element }
            }
        }
        let space = String(repeating: " ", count: Self.indentation)
        return texts.enumerated().map { index, text in
            index == 0 ? verdict + finding.name.padding(to: Self.nameWidth) + text : space + text
        }
    }

    private var verdict: String {
        let (word, colour) =
            switch finding.verdict {
            case .ok: ("ok", 32)
            case .warning: ("warning", 33)
            case .failed: ("FAILED", 31)
            case .notChecked: ("-", 0)
            }
        let text = word.padding(to: Self.verdictWidth)
        return isColoured && colour > 0 ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }
}
