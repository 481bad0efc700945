/// A line with a bar: `[█████▍    ]  54%  108 of 200 done  3 failed  2 h 05 min of audio  12 min 20 s left`.
struct ProgressBar {
    let report: ProgressReport
    let secondsLeft: Double?
    let style: TerminalStyle

    private static let barWidths = 10...40
    private static let gap = "  "

    /// The line for a terminal of so many columns. What does not fit goes: first the audio, then the bar, then the time.
    func line(width: Int) -> String {
        let words = report.words(secondsLeft: secondsLeft)
        var withoutAudio = report
        withoutAudio.audioSeconds = nil
        let fewer = withoutAudio.words(secondsLeft: secondsLeft)
        let least = withoutAudio.words(secondsLeft: nil)
        for candidate in [words, fewer] {
            let rest = width - columns(of: candidate) - Self.gap.count
            if let bar = bar(columns: rest) { return ([bar] + colored(candidate)).joined(separator: Self.gap) }
        }
        for candidate in [fewer, least] where columns(of: candidate) <= width {
            return colored(candidate).joined(separator: Self.gap)
        }
        return least.joined(separator: Self.gap).cut(toColumns: width, ellipsis: style.ellipsis)
    }

    /// The bar and the percentage; `nil` where there is not enough room, or nothing to measure by.
    private func bar(columns: Int) -> String? {
        guard let work = report.measuredWork, work.total > 0 else { return nil }
        let share = min(1, max(0, work.done / work.total))
        // Done is what is done to the last job.
        let percent = "\(Int(share * 100))%"
        let padded = String(repeating: " ", count: 4 - percent.count) + percent
        let cells = min(columns - padded.count - 3, Self.barWidths.upperBound)
        guard cells >= Self.barWidths.lowerBound, share.isFinite else { return nil }
        let filled = style.isUnicode ? Self.blocks(share, cells) : Self.signs(share, cells)
        let empty = String(repeating: " ", count: cells - filled.count)
        return "[\(style.green(filled))\(empty)] \(padded)"
    }

    /// In eighths of a cell.
    private static func blocks(_ share: Double, _ cells: Int) -> String {
        let eighths = Int(share * Double(cells * 8))
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + partial
    }

    private static func signs(_ share: Double, _ cells: Int) -> String {
        String(repeating: "#", count: Int(share * Double(cells)))
    }

    private func columns(of words: [String]) -> Int {
        words.map(\.columns).reduce(0, +) + Self.gap.count * (words.count - 1)
    }

    private func colored(_ words: [String]) -> [String] {
        words.map { $0.hasSuffix(" failed") ? style.red($0) : $0 }
    }
}
