import Coordinator
import Foundation

/// A reading of the lag as a line of JSON. Rates and times are there from the second reading on.
struct LagLine: Encodable {
    struct Lane: Encodable {
        var topic: String
        var lag: Int64
        @Nullable var changePerSecond: Double?
        @Nullable var secondsToEmpty: Double?
        var partitions: [Partition]

        enum CodingKeys: String, CodingKey {
            case topic, lag, partitions
            case changePerSecond = "change_per_second"
            case secondsToEmpty = "seconds_to_empty"
        }
    }

    struct Partition: Encodable {
        var partition: Int32
        var low: Int64
        var end: Int64
        @Nullable var committed: Int64?
        var lag: Int64
        @Nullable var owner: String?
    }

    var group: String
    var time: String
    var lag: Int64
    @Nullable var changePerSecond: Double?
    @Nullable var secondsToEmpty: Double?
    /// Whether the broker told who has which partition.
    var ownersKnown: Bool
    var lanes: [Lane]

    enum CodingKeys: String, CodingKey {
        case group, time, lag, lanes
        case changePerSecond = "change_per_second"
        case secondsToEmpty = "seconds_to_empty"
        case ownersKnown = "owners_known"
    }

    /// - Parameter trend: how the backlog changes, where there is more than one reading.
    init(_ report: LagReport, trend: LagTrend?) {
        group = report.group
        time = report.time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        lag = report.totalLag
        changePerSecond = trend?.change(of: nil)
        secondsToEmpty = trend?.timeToEmpty(of: nil).map { $0 / .seconds(1) }
        ownersKnown = report.ownersAreKnown
        lanes = report.lanes.map { lane in
            Lane(
                topic: lane, lag: report.lag(of: lane), changePerSecond: trend?.change(of: lane),
                secondsToEmpty: trend?.timeToEmpty(of: lane).map { $0 / .seconds(1) },
                partitions: report.partitions(of: lane).map(Partition.init))
        }
    }
}

extension LagLine.Partition {
    init(_ reading: PartitionLag) {
        self.init(
            partition: reading.partition, low: reading.low, end: reading.end, committed: reading.committed,
            lag: reading.lag, owner: reading.owner)
    }
}
