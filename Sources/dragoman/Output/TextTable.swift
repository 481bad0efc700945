/// Rows of text with their columns one below the other.
struct TextTable {
    enum Alignment {
        case left, right
    }

    private let alignments: [Alignment]
    private var rows: [[String]]
    private static let gap = "  "

    /// - Parameter columns: titles and alignments.
    init(_ columns: [(title: String, alignment: Alignment)]) {
        alignments = columns.map(\.alignment)
        rows = [columns.map(\.title)]
    }

    /// - Parameter row: as many cells as there are columns.
    mutating func add(_ row: [String]) {
        rows.append(row.map(\.onOneLine))
    }

    /// The titles and the rows, without spaces at the end.
    var lines: [String] {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, zip(widths, alignments)).map { cell, layout in
                let space = String(repeating: " ", count: layout.0 - cell.count)
                return layout.1 == .left ? cell + space : space + cell
            }
            let line = cells.joined(separator: Self.gap)
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
