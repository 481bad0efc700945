/// ArgumentParser breaks all of its messages to the terminal's width but the line that says how a command is used.
package enum UsageText {
    private static let titles = ["USAGE: ", "Usage: "]

    /// A message of ArgumentParser with its usage in lines of at most `columns` characters.
    package static func wrapped(_ message: String, columns: Int) -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let title = titles.first(where: { line.hasPrefix($0) }), line.count > columns else {
                return String(line)
            }
            return wrapped(usage: line.dropFirst(title.count), title: title, columns: columns)
        }.joined(separator: "\n")
    }

    private static func wrapped(usage: Substring, title: String, columns: Int) -> String {
        let indentation = String(repeating: " ", count: title.count)
        var lines: [String] = []
        var line = title
        for part in parts(of: usage) {
            if line.count > title.count, line.count + 1 + part.count > columns {
                lines.append(line)
                line = indentation
            }
            line += (line.count > title.count ? " " : "") + part
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// Words, and what brackets hold together.
    private static func parts(of usage: Substring) -> [String] {
        var parts: [String] = []
        var depth = 0
        for word in usage.split(separator: " ") {
            if depth > 0, let last = parts.popLast() {
                parts.append(last + " " + word)
            } else {
                parts.append(String(word))
            }
            depth += word.count { $0 == "[" } - word.count { $0 == "]" }
        }
        return parts
    }
}
