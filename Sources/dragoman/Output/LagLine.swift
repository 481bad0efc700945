import Coordinator
import Foundation

/// A reading of the lag as a line of JSON. Rates and times are there from the second reading on.
struct LagLine: Encodable {
    struct Lane: Encodable {
        var topic: String
        /// Whether these jobs failed before and wait for their next attempt.
        var delayed: Bool
        var lag: Int64
        /// Jobs that are not finished.
        var waiting: Int64
        /// Their audio; `null` where there is nothing to tell by.
        @Nullable var audioSeconds: Double?
        /// How long the oldest of them has waited.
        @Nullable var oldestAge: Double?
        @Nullable var drain: Drain?
        @Nullable var timeToEmpty: Estimate?
        @Nullable var changePerSecond: Double?
        @Nullable var secondsToEmpty: Double?
        var partitions: [Partition]

        enum CodingKeys: String, CodingKey {
            case topic, delayed, lag, waiting, drain, partitions
            case audioSeconds = "audio_seconds"
            case oldestAge = "oldest_age_seconds"
            case timeToEmpty = "time_to_empty"
            case changePerSecond = "change_per_second"
            case secondsToEmpty = "seconds_to_empty"
        }
    }

    /// How fast the workers get on, by the results of the last five minutes.
    struct Drain: Encodable, Hashable {
        var jobsPerSecond: Double
        var audioPerSecond: Double

        enum CodingKeys: String, CodingKey {
            case jobsPerSecond = "jobs_per_second"
            case audioPerSecond = "audio_seconds_per_second"
        }
    }

    /// When nothing will wait if nothing is added: seconds, and between which they lie in all likelihood.
    struct Estimate: Encodable, Hashable {
        var seconds: Double
        var least: Double
        @Nullable var most: Double?
    }

    struct Partition: Encodable {
        var partition: Int32
        var low: Int64
        var end: Int64
        @Nullable var committed: Int64?
        var lag: Int64
        var waiting: Int64
        @Nullable var audioSeconds: Double?
        @Nullable var owner: String?

        enum CodingKeys: String, CodingKey {
            case partition, low, end, committed, lag, waiting, owner
            case audioSeconds = "audio_seconds"
        }
    }

    @Nullable var group: String?
    var time: String
    var lag: Int64
    /// Those of ``lag`` that failed before and wait for their next attempt.
    var delayed: Int64
    @Nullable var changePerSecond: Double?
    @Nullable var secondsToEmpty: Double?
    /// Whether the broker told who has which partition.
    var ownersKnown: Bool
    var lanes: [Lane]

    enum CodingKeys: String, CodingKey {
        case group, time, lag, delayed, lanes
        case changePerSecond = "change_per_second"
        case secondsToEmpty = "seconds_to_empty"
        case ownersKnown = "owners_known"
    }

    /// - Parameter trend: how the backlog changes, where there is more than one reading.
    init(_ report: LagReport, trend: LagTrend?) {
        group = report.group
        time = report.time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        lag = report.totalLag
        delayed = report.delayedLag
        changePerSecond = trend?.change(of: nil)
        secondsToEmpty = trend?.timeToEmpty(of: nil).map { $0 / .seconds(1) }
        ownersKnown = report.ownersAreKnown
        lanes = report.lanes.map { lane in
            let backlog = report.backlog(of: lane)
            return Lane(
                topic: lane, delayed: report.isDelayed(lane), lag: report.lag(of: lane),
                waiting: report.waiting(of: lane), audioSeconds: backlog?.audioSeconds,
                oldestAge: backlog?.oldest.map { max(0, report.time.timeIntervalSince($0)) },
                drain: backlog?.drain.map { Drain(jobsPerSecond: $0.jobs, audioPerSecond: $0.audio) },
                timeToEmpty: backlog?.timeToEmpty.map {
                    Estimate(seconds: $0.seconds, least: $0.least, most: $0.most)
                },
                changePerSecond: trend?.change(of: lane),
                secondsToEmpty: trend?.timeToEmpty(of: lane).map { $0 / .seconds(1) },
                partitions: report.partitions(of: lane).map(Partition.init))
        }
    }
}

extension LagLine.Partition {
    init(_ reading: PartitionLag) {
        self.init(
            partition: reading.partition, low: reading.low, end: reading.end, committed: reading.committed,
            lag: reading.lag, waiting: reading.waiting, audioSeconds: reading.audioSeconds, owner: reading.owner)
    }
}
