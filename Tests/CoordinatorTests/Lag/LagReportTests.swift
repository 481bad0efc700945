import Coordinator
import Foundation
import Testing

@Suite struct LagReportTests {
    @Test func lagIsWhatWorkersWillTake() {
        #expect(lag(low: 3, end: 10, committed: 7) == 3)
        #expect(lag(low: 3, end: 10, committed: 3) == 7)
        #expect(lag(low: 3, end: 10, committed: 10) == 0)
        #expect(lag(low: 3, end: 10, committed: nil) == 7)
        // Retention removed what was committed; the topic was made anew.
        #expect(lag(low: 3, end: 10, committed: 1) == 7)
        #expect(lag(low: 0, end: 10, committed: 11) == 10)
        #expect(lag(low: 5, end: 5, committed: nil) == 0)
        #expect(lag(low: 5, end: 4, committed: 2) == 0)
    }

    @Test func totals() {
        let report = report([("a", 1), ("a", 2), ("b", 4)])
        #expect(report.lanes == ["a", "b"] && report.totalLag == 7)
        #expect(report.lag(of: "a") == 3 && report.lag(of: "b") == 4 && report.lag(of: "c") == 0)
    }

    @Test func trend() {
        var trend = LagTrend(window: .seconds(10))
        let start = ContinuousClock.now
        #expect(trend.change(of: nil) == nil && trend.timeToEmpty(of: nil) == nil)
        trend.add(report([("a", 100), ("b", 0)]), at: start)
        #expect(trend.change(of: "a") == nil)
        trend.add(report([("a", 80), ("b", 10)]), at: start + .seconds(4))
        #expect(trend.change(of: "a") == -5 && trend.change(of: "b") == 2.5 && trend.change(of: nil) == -2.5)
        #expect(trend.timeToEmpty(of: "a") == .seconds(16) && trend.timeToEmpty(of: "b") == nil)
        // The first reading is older than the window, the second is not.
        trend.add(report([("a", 0), ("b", 10)]), at: start + .seconds(14))
        #expect(trend.change(of: "a") == -8 && trend.timeToEmpty(of: "a") == nil)
        #expect(trend.change(of: "b") == 0)
    }

    private func lag(low: Int64, end: Int64, committed: Int64?) -> Int64 {
        PartitionLag(topic: "t", partition: 0, low: low, end: end, committed: committed).lag
    }

    private func report(_ lags: [(topic: String, lag: Int64)]) -> LagReport {
        LagReport(
            group: "g", time: Date(),
            partitions: lags.enumerated().map { index, each in
                PartitionLag(topic: each.topic, partition: Int32(index), low: 0, end: each.lag)
            }, ownersAreKnown: false)
    }
}
