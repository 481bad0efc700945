/// A table in Markdown.
struct MarkdownTable {
    private var rows: [String]

    /// - Parameter columns: titles; those that end in a colon hold numbers, and lose the colon.
    init(_ columns: [String]) {
        rows = [
            Self.row(columns.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }),
            Self.row(columns.map { $0.hasSuffix(":") ? "---:" : "---" }, isEscaped: false),
        ]
    }

    mutating func add(_ cells: [String]) { rows.append(Self.row(cells)) }

    /// The table's lines and an empty one.
    var lines: [String] { rows + [""] }

    private static func row(_ cells: [String], isEscaped: Bool = true) -> String {
        "| " + cells.map { isEscaped ? escape($0) : $0 }.joined(separator: " | ") + " |"
    }

    /// Text that stands in a cell as it is.
    static func escape(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|", "\\", "*", "_", "`", "<", "[", "]", "#", "~":
                escaped.append("\\")
                escaped.append(scalar)
            case "\n", "\r", "\t": escaped.append(" ")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
