import Jobs

/// Results for people: file, status, length, and the translation or what went wrong.
struct ResultTable {
    private let rows: [[String]]
    private static let header = ["FILE", "STATUS", "SECONDS", "TRANSLATION"]
    private static let gap = "  "

    init(_ results: [TranslationResult]) {
        rows = results.map { result in
            [
                result.shortFileName, result.status.schemaName, result.status.isSuccess ? result.seconds : "-",
                result.hasError ? "\(result.error.reason.schemaName): \(result.error.message)" : result.text,
            ].map(\.onOneLine)
        }
    }

    /// - Parameter terminal: its style and the columns that lines are cut to.
    func lines(terminal: (style: TerminalStyle, columns: Int)?) -> [String] {
        let table = [Self.header] + rows
        let widths = Self.header.indices.map { column in table.map { $0[column].columns }.max() ?? 0 }
        return table.map { row in
            var cells = zip(row, widths).map { $0.padded(toColumns: $1) }
            cells[2] = String(repeating: " ", count: widths[2] - row[2].columns) + row[2]
            cells[3] = row[3]
            let line = cells.joined(separator: Self.gap)
            return terminal.map { line.cut(toColumns: $0.columns, ellipsis: $0.style.ellipsis) } ?? line
        }
    }
}

extension TranslationResult {
    fileprivate var shortFileName: String {
        fileName.split(separator: "/").last.map(String.init) ?? fileName
    }

    /// With one decimal.
    fileprivate var seconds: String {
        let tenths = audioSeconds.isFinite && abs(audioSeconds) < 1e12 ? Int((audioSeconds * 10).rounded()) : 0
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
