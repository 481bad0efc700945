import Platform
import Synchronization

/// Progress on standard error: a line that is written over on a terminal, else a new line at first and then every ten
/// seconds.
final class ProgressDisplay: Sendable {
    private let text = Mutex("")
    private let isTerminal: Bool
    private let ticker = Mutex<Task<Void, Never>?>(nil)

    init() {
        isTerminal = SystemCalls.isTerminal(StandardError.descriptor)
        let interval = isTerminal ? Duration.milliseconds(200) : .seconds(10)
        ticker.withLock { ticker in
            ticker = Task { [weak self] in
                while (try? await Task.sleep(for: interval)) != nil { self?.show() }
            }
        }
    }

    /// What will be shown next.
    func update(_ newText: String) {
        let isFirst = text.withLock { text in
            defer { text = newText }
            return text.isEmpty
        }
        if isFirst { show() }
    }

    /// Shows nothing more; on a terminal the line goes away.
    func stop() {
        ticker.withLock { $0.take()?.cancel() }
        if isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    private func show() {
        let text = text.withLock { $0 }
        guard !text.isEmpty else { return }
        if isTerminal {
            StandardError.write("\r\u{1B}[K\(text)")
        } else {
            StandardError.writeLine(text)
        }
    }
}
