import Logging
import Synchronization

/// Keeps what is logged.
struct LogCollector: LogHandler {
    final class Lines: Sendable {
        private let state = Mutex<[(Logger.Level, String)]>([])

        func append(_ level: Logger.Level, _ text: String) { state.withLock { $0.append((level, text)) } }

        func texts(_ level: Logger.Level = .warning) -> [String] {
            state.withLock { $0.filter { $0.0 >= level }.map(\.1) }
        }
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace

    static func make() -> (logger: Logger, lines: Lines) {
        let lines = Lines()
        return (Logger(label: "test") { _ in LogCollector(lines: lines) }, lines)
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { lines.append(event.level, "\(event.message)") }
}
