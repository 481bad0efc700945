import Coordinator
import Foundation
import Testing

@testable import dragoman

@Suite struct LagTableTests {
    private let report = LagReport(
        group: "g", time: Date(timeIntervalSince1970: 0),
        partitions: [
            PartitionLag(topic: "jobs", partition: 0, low: 0, end: 5, committed: 5, owner: "w1"),
            PartitionLag(topic: "jobs", partition: 1, low: 0, end: 1200, committed: 200, owner: "w2"),
            PartitionLag(topic: "jobs", partition: 2, low: 2, end: 3),
            PartitionLag(topic: "bulk", partition: 0, low: 0, end: 0),
        ], ownersAreKnown: true)

    @Test func partitionsWithoutLagAreFolded() {
        let lines = LagTable(report: report).lines
        #expect(
            lines.dropLast() == [
                "jobs: 1001 jobs to do",
                "  PARTITION  COMMITTED   END   LAG  OWNER",
                "          1        200  1200  1000  w2",
                "          2          -     3     1  -",
                "  1 more partition without lag (--all shows them)",
                "",
                "bulk: nothing to do",
                "  1 partition without lag (--all shows them)",
                "",
            ])
        #expect(lines.last?.hasPrefix("Group g, ") == true && lines.last?.hasSuffix(": 1001 jobs to do") == true)
    }

    @Test func allPartitionsAndNoOwners() {
        var report = report
        report.ownersAreKnown = false
        let lines = LagTable(report: report, showsAll: true).lines
        #expect(lines.contains("          0          5     5     0") && !lines.contains { $0.contains("OWNER") })
        #expect(!lines.contains { $0.contains("--all") })
    }

    @Test func trend() {
        var trend = LagTrend()
        let start = ContinuousClock.now
        var earlier = report
        earlier.partitions[1].committed = 0
        trend.add(earlier, at: start)
        trend.add(report, at: start + .seconds(10))
        let lines = LagTable(report: report, trend: trend).lines
        #expect(lines.first == "jobs: 1001 jobs to do, 20.0 fewer a second, done in about 50 s")
        #expect(lines.contains("bulk: nothing to do, steady"))
    }

    @Test func json() throws {
        let line = try JSONLine.string(LagLine(report, trend: nil))
        #expect(
            line.hasPrefix(#"{"change_per_second":null,"group":"g","lag":1001,"lanes":[{"change_per_second":null,"#))
        #expect(line.contains(#"{"committed":null,"end":3,"lag":1,"low":2,"owner":null,"partition":2}"#))
        #expect(line.hasSuffix(#""owners_known":true,"seconds_to_empty":null,"time":"1970-01-01T00:00:00.000Z"}"#))
    }
}
