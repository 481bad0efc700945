import CommandSupport

/// A command's discussion, taken apart for the manual.
struct Discussion {
    enum Block: Hashable {
        case paragraph(String)
        /// Lines that are kept as they are, without their indentation.
        case literal([String])
    }

    /// What is neither an example nor the table of exit codes.
    private(set) var blocks: [Block] = []
    private(set) var examples: [String] = []

    private static let indentation = "  "

    init(_ text: String) {
        var isExample = false
        for paragraph in text.replacing(ExitStatus.table, with: "").split(separator: "\n\n") {
            var lines = paragraph.split(separator: "\n").map(String.init)
            if let first = lines.first, !first.hasPrefix(Self.indentation) {
                isExample = first == "Example:" || first == "Examples:"
                if !isExample {
                    let plain = lines.prefix { !$0.hasPrefix(Self.indentation) }
                    blocks.append(.paragraph(plain.joined(separator: " ")))
                    lines.removeFirst(plain.count)
                } else {
                    lines.removeFirst()
                }
            }
            let literal = lines.map { String($0.dropFirst(Self.indentation.count)) }
            guard !literal.isEmpty else { continue }
            if isExample { examples += literal } else { blocks.append(.literal(literal)) }
        }
    }
}
