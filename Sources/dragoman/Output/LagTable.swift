import Coordinator
import Foundation

/// A reading of the lag for people.
struct LagTable {
    let report: LagReport
    /// How the backlog changes, where there is more than one reading.
    var trend: LagTrend?
    /// Whether partitions without lag have lines of their own.
    var showsAll = false

    var lines: [String] {
        report.lanes.flatMap { lane in laneLines(lane) + [""] }
            + ["Group \(report.group), \(report.time.timeOfDay): \(summary(lag: report.totalLag, lane: nil))"]
    }

    private func laneLines(_ lane: String) -> [String] {
        let partitions = report.partitions(of: lane)
        let shown = partitions.filter { showsAll || $0.lag > 0 }
        var lines = ["\(lane): \(summary(lag: report.lag(of: lane), lane: lane))"]
        if !shown.isEmpty { lines += table(shown).lines.map { "  " + $0 } }
        let folded = partitions.count - shown.count
        if folded > 0 {
            let noun = folded == 1 ? "partition" : "partitions"
            lines.append("  \(folded)\(shown.isEmpty ? "" : " more") \(noun) without lag (--all shows them)")
        }
        return lines
    }

    private func table(_ partitions: [PartitionLag]) -> TextTable {
        var columns: [(title: String, alignment: TextTable.Alignment)] =
            ["PARTITION", "COMMITTED", "END", "LAG"].map { ($0, .right) }
        if report.ownersAreKnown { columns.append(("OWNER", .left)) }
        var table = TextTable(columns)
        for each in partitions {
            let numbers = ["\(each.partition)", each.committed.map { "\($0)" } ?? "-", "\(each.end)", "\(each.lag)"]
            table.add(numbers + (report.ownersAreKnown ? [each.owner ?? "-"] : []))
        }
        return table
    }

    private func summary(lag: Int64, lane: String?) -> String {
        var parts = [lag == 0 ? "nothing to do" : lag == 1 ? "1 job to do" : "\(lag) jobs to do"]
        if let change = trend?.change(of: lane) {
            let tenths = (abs(change) * 10).rounded() / 10
            parts.append(tenths == 0 ? "steady" : "\(tenths) \(change < 0 ? "fewer" : "more") a second")
        }
        if let time = trend?.timeToEmpty(of: lane) { parts.append("done in about \(time.roughly)") }
        return parts.joined(separator: ", ")
    }
}

extension Date {
    /// Hours, minutes and seconds on this machine's clock.
    var timeOfDay: String {
        let format: Date.FormatString = """
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
            \(second: .twoDigits)
            """
        let style = Date.VerbatimFormatStyle(
            format: format, timeZone: .current, calendar: Calendar(identifier: .gregorian))
        return formatted(style)
    }
}
