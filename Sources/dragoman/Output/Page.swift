import CommandSupport
import Platform

/// Text on standard output that changes: drawn in place on a terminal, written anew elsewhere.
struct Page {
    private static let home = "\u{1B}[H"
    private static let clearRestOfLine = "\u{1B}[K"
    private static let clearBelow = "\u{1B}[J"

    /// Shows lines in place of those shown before. What does not fit on the terminal is cut.
    func show(_ lines: [String]) {
        guard SystemCalls.isTerminal(StandardOutput.descriptor) else {
            for line in lines + [""] { StandardOutput.writeLine(line) }
            return
        }
        let size = TerminalSize(of: StandardOutput.descriptor)
        let fitting = Self.fit(lines, columns: size?.columns ?? 80, rows: size?.rows ?? 24)
        StandardOutput.write(
            Self.home + fitting.map { $0 + Self.clearRestOfLine + "\n" }.joined() + Self.clearBelow)
    }

    /// The lines that fit; the cursor needs a line of its own below them.
    static func fit(_ lines: [String], columns: Int, rows: Int) -> [String] {
        let room = max(rows - 1, 1)
        var lines = lines.map { String($0.prefix(columns)) }
        if lines.count > room {
            let hidden = lines.count - room + 1
            lines = lines.prefix(room - 1) + [String("… \(hidden) more lines".prefix(columns))]
        }
        return lines
    }
}
