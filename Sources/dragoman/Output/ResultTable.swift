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

    /// - Parameter width: lines are cut to this many characters.
    func lines(width: Int?) -> [String] {
        let table = [Self.header] + rows
        let widths = Self.header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        return table.map { row in
            var cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            cells[2] = String(repeating: " ", count: widths[2] - row[2].count) + row[2]
            cells[3] = row[3]
            return cells.joined(separator: Self.gap).cut(to: width)
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

extension String {
    fileprivate func cut(to width: Int?) -> String {
        guard let width, count > width, width > 1 else { return self }
        return prefix(width - 1) + "…"
    }
}
