import Platform
import Synchronization

/// Progress on standard error: on a terminal a line that is written over, else a new line at first and then every ten
/// seconds.
final class ProgressDisplay: Sendable {
    private struct State {
        var text = ""
        var isShown = false
        var ticker: Task<Void, Never>?
    }

    private let state = Mutex(State())
    private let isTerminal = SystemCalls.isTerminal(StandardError.descriptor)

    /// Shows a first text and goes on showing what ``update(_:)`` brings.
    func start(_ text: String) {
        update(text)
        show()
        let interval = isTerminal ? Duration.milliseconds(200) : .seconds(10)
        let ticker = Task { [weak self] in
            while (try? await Task.sleep(for: interval)) != nil { self?.show() }
        }
        state.withLock { $0.ticker = ticker }
    }

    /// What will be shown next.
    func update(_ text: String) {
        state.withLock { state in
            guard text != state.text else { return }
            state.text = text
            state.isShown = false
        }
    }

    /// Shows nothing more; on a terminal the line goes away.
    func stop() {
        state.withLock { $0.ticker.take()?.cancel() }
        if isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    private func show() {
        let text = state.withLock { state in
            // A line that is written over need not be written again.
            defer { state.isShown = true }
            return isTerminal && state.isShown ? nil : state.text
        }
        guard let text else { return }
        StandardError.write(isTerminal ? "\r\u{1B}[K\(text)" : "\(text)\n")
    }
}
