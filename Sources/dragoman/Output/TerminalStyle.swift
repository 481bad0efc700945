import Foundation
import Platform

/// What the terminal behind a descriptor can show.
struct TerminalStyle: Sendable, Hashable {
    /// Whether lines can be written over; not where output goes to a file or pipe.
    var isTerminal: Bool
    /// Whether text is UTF-8.
    var isUnicode: Bool
    /// Whether colours are wanted.
    var isColored: Bool

    /// - Parameter isTerminal: whether there is a terminal at all.
    init(isTerminal: Bool, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let isDumb = environment["TERM"] == "dumb"
        self.isTerminal = isTerminal && !isDumb
        // As libc reads the locale: the first that is set decides.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let encoding = locale.lowercased().filter { $0 != "-" }
        isUnicode = encoding.contains("utf8")
        // https://no-color.org: set to anything but nothing.
        isColored = self.isTerminal && environment["NO_COLOR"]?.isEmpty ?? true
    }

    init(descriptor: Int32) {
        self.init(isTerminal: SystemCalls.isTerminal(descriptor))
    }

    /// What stands for text that was cut off.
    var ellipsis: String { isUnicode ? "…" : "" }

    func red(_ text: String) -> String { colored(text, 31) }
    func green(_ text: String) -> String { colored(text, 32) }

    private func colored(_ text: String, _ color: Int) -> String {
        isColored ? "\u{1B}[\(color)m\(text)\u{1B}[0m" : text
    }
}
