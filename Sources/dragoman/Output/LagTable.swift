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
        // Where nothing has failed the retries are of no interest.
        let lanes = report.lanes.filter { showsAll || !report.isDelayed($0) || report.lag(of: $0) > 0 }
        return lanes.flatMap { lane in laneLines(lane) + [""] } + lossLines
            + ["\(name), \(report.time.timeOfDay): \(summary(lag: report.totalLag, lane: nil))"]
    }

    private var name: String { report.group.map { "Group \($0)" } ?? "The gateway's fleet" }

    private var lossLines: [String] {
        report.partitions.filter(\.hasLostRecords).map { each in
            "\(each.topic)[\(each.partition)] ends at offset \(each.end), but the group was at \(each.committed ?? 0): the "
                + "brokers have lost records; workers begin at the first that is left"
        }
    }

    private func laneLines(_ lane: String) -> [String] {
        let partitions = report.partitions(of: lane)
        let shown = partitions.filter { showsAll || $0.lag > 0 }
        var lines = ["\(lane): \(summary(lag: report.lag(of: lane), lane: lane))"]
        if let backlog = report.backlog(of: lane), backlog.jobs > 0 { lines += backlogLines(backlog) }
        if !shown.isEmpty { lines += table(shown).lines.map { "  " + $0 } }
        let folded = partitions.count - shown.count
        if folded > 0 {
            let noun = folded == 1 ? "partition" : "partitions"
            lines.append("  \(folded)\(shown.isEmpty ? "" : " more") \(noun) without lag (--all shows them)")
        }
        return lines
    }

    private func backlogLines(_ backlog: LaneBacklog) -> [String] {
        var parts = ["\(backlog.jobs) not finished"]
        if let seconds = backlog.audioSeconds { parts.append("\(seconds.asDuration) of audio") }
        if let oldest = backlog.oldest {
            parts.append("the oldest \(report.time.timeIntervalSince(oldest).asDuration) old")
        }
        var lines = ["  " + parts.joined(separator: ", ")]
        if let drain = backlog.drain, let time = backlog.timeToEmpty {
            let pace = "\(drain.jobs.tenths) jobs and \(drain.audio.tenths) s of audio a second"
            let most = time.most.map { " to \($0.asDuration)" } ?? " or more"
            lines.append(
                "  \(pace): empty in \(time.seconds.asDuration) "
                    + "(\(time.least.asDuration)\(most))")
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
        let isDelayed = lane.map(report.isDelayed) ?? false
        let what = isDelayed ? "to be tried again later" : "to do"
        var parts = [lag == 0 ? "nothing \(what)" : lag == 1 ? "1 job \(what)" : "\(lag) jobs \(what)"]
        if lane == nil, report.delayedLag > 0 { parts[0] += " (\(report.delayedLag) of them delayed)" }
        if let change = trend?.change(of: lane) {
            let tenths = abs(change).tenths
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

extension Double {
    /// With one digit after the point.
    fileprivate var tenths: Double { (self * 10).rounded() / 10 }

    /// Seconds for people; what is too much for any clock is cut off.
    fileprivate var asDuration: String { Duration.seconds(self > 0 ? Swift.min(self, 1e12) : 0).roughly }
}
