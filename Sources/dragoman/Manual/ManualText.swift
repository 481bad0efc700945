/// Writes mdoc(7), which mandoc and groff format.
struct ManualText {
    private(set) var lines: [String] = []

    /// Longest line of source, which mandoc's style asks for.
    private static let width = 78

    /// A macro with its arguments, which are escaped.
    mutating func macro(_ name: String, _ arguments: String...) {
        lines.append("." + ([name] + arguments.map(Self.argument)).joined(separator: " "))
    }

    /// A line of macros as it is.
    mutating func raw(_ line: String) { lines.append(line) }

    /// Running text: every sentence on a line of its own, broken where it is long.
    mutating func paragraph(_ text: String) {
        for sentence in Self.sentences(text) {
            var line = ""
            for word in sentence.split(separator: " ") {
                if !line.isEmpty, line.count + word.count >= Self.width {
                    add(line)
                    line = ""
                }
                line += (line.isEmpty ? "" : " ") + word
            }
            if !line.isEmpty { add(line) }
        }
    }

    /// Lines that are shown as they are.
    mutating func literal(_ text: [String]) {
        macro("Bd", "-literal", "-offset", "indent")
        for line in text { lines.append(Self.line(Self.escaped(line).replacing("-", with: "\\-"))) }
        macro("Ed")
    }

    private mutating func add(_ line: String) { lines.append(Self.line(Self.escaped(line))) }

    private static func sentences(_ text: String) -> [String] {
        var sentences: [String] = []
        var current: [Substring] = []
        for word in text.split(separator: " ") {
            if let last = current.last, last.hasSuffix(".") || last.hasSuffix(".)"), word.first?.isLowercase == false {
                sentences.append(current.joined(separator: " "))
                current = []
            }
            current.append(word)
        }
        return sentences + (current.isEmpty ? [] : [current.joined(separator: " ")])
    }

    private static func escaped(_ text: String) -> String { text.replacing("\\", with: "\\e") }

    /// A line that is no request, whatever it begins with.
    private static func line(_ text: String) -> String {
        text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }

    /// An argument of a macro: one word.
    private static func argument(_ text: String) -> String {
        let quoted = escaped(text).replacing("\"", with: "\\(dq")
        return quoted.contains(" ") || quoted.isEmpty ? "\"\(quoted)\"" : quoted
    }
}
