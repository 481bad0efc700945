import CommandSupport
import Platform
import Synchronization

/// Progress on standard error: on a terminal a line that is written over, else a new line at first and then every ten
/// seconds.
final class ProgressDisplay: Sendable {
    private enum Content: Hashable {
        case text(String)
        case report(ProgressReport)
    }

    private struct State {
        var content = Content.text("")
        var rate = ProgressRate()
        var lastLine = ""
        var ticker: Task<Void, Never>?

        mutating func line(width: Int, style: TerminalStyle, time: Double) -> String {
            switch content {
            case .text(let text): return style.isTerminal ? text.cut(toColumns: width, ellipsis: style.ellipsis) : text
            case .report(let report):
                var secondsLeft: Double?
                if !report.isSteady {
                    rate.reset()
                } else if let work = report.measuredWork {
                    rate.add(work.done, at: time)
                    secondsLeft = rate.secondsLeft(of: work.total - work.done)
                }
                guard style.isTerminal else { return report.words(secondsLeft: secondsLeft).joined(separator: ", ") }
                return ProgressBar(report: report, secondsLeft: secondsLeft, style: style).line(width: width)
            }
        }
    }

    private let state = Mutex(State())
    private let style: TerminalStyle
    private let isEnabled: Bool
    private let origin = ContinuousClock.now

    /// - Parameter isEnabled: whether anything is shown at all.
    init(isEnabled: Bool = true) {
        self.isEnabled = isEnabled
        style = TerminalStyle(descriptor: StandardError.descriptor)
    }

    /// Shows a first text and goes on showing what the updates bring.
    func start(_ text: String) {
        guard isEnabled else { return }
        update(text)
        show()
        let interval = style.isTerminal ? Duration.milliseconds(200) : .seconds(10)
        let ticker = Task { [weak self] in
            while (try? await Task.sleep(for: interval)) != nil { self?.show() }
        }
        state.withLock { $0.ticker = ticker }
    }

    /// What will be shown next: words.
    func update(_ text: String) {
        state.withLock { $0.content = .text(text) }
    }

    /// What will be shown next: a bar, and how long it will take.
    func update(_ report: ProgressReport) {
        state.withLock { $0.content = .report(report) }
    }

    /// Shows nothing more; on a terminal the line goes away.
    func stop() {
        let wasShown = state.withLock { state in
            state.ticker.take()?.cancel()
            defer { state.lastLine = "" }
            return !state.lastLine.isEmpty
        }
        if wasShown, style.isTerminal { StandardError.write("\r\u{1B}[K") }
    }

    private func show() {
        // The last column stays free: some terminals break the line when it is written to.
        let width = (SystemCalls.terminalWidth(StandardError.descriptor) ?? 80) - 1
        let time = origin.duration(to: .now) / .seconds(1)
        let line = state.withLock { state -> String? in
            let line = state.line(width: width, style: style, time: time)
            // A line that is written over need not be written again.
            guard line != state.lastLine || !style.isTerminal else { return nil }
            state.lastLine = line
            return line
        }
        guard let line else { return }
        StandardError.write(style.isTerminal ? "\r\u{1B}[K\(line)" : "\(line)\n")
    }
}
