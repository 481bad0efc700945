import Foundation
import Logging

/// Writes one line per event to standard error, for people: local time, level, message, and the metadata, what matters
/// most first and the others in the order of their names.
package struct TextLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata: Logger.Metadata = [:]

    private static let time = Date.ISO8601FormatStyle(timeZone: .current).time(includingFractionalSeconds: true)
    private static let levelWidth = Logger.Level.allCases.map(\.rawValue.count).max() ?? 0
    /// Most messages are shorter.
    private static let messageWidth = 16
    private static let firstKeys = ["job", "status", "reason", "error"]

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        StandardError.writeLine(line(for: event, at: Date()))
    }

    package func line(for event: LogEvent, at date: Date) -> String {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            .sorted { (Self.rank($0.key), $0.key) < (Self.rank($1.key), $1.key) }
        let message = Self.onOneLine("\(event.message)")
        return [
            date.formatted(Self.time), Self.pad(event.level.rawValue, to: Self.levelWidth),
            fields.isEmpty ? message : Self.pad(message, to: Self.messageWidth),
        ].joined(separator: "  ") + fields.map { "  \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
    }

    private static func rank(_ key: String) -> Int {
        firstKeys.firstIndex(of: key) ?? firstKeys.count
    }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func quoted(_ text: String) -> String {
        let text = onOneLine(text)
        return text.isEmpty || text.contains(" ") || text.contains("\"")
            ? "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" : text
    }

    /// What is logged may come from outside: it must not look like lines of its own, or move the cursor.
    private static func onOneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
