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

    @Test func delayedJobsAndLostRecords() {
        var report = report
        report.partitions += [
            PartitionLag(topic: "retries.1m", partition: 0, low: 0, end: 4, committed: 1, isDelayed: true),
            PartitionLag(topic: "retries.1h", partition: 0, low: 0, end: 4, committed: 4, isDelayed: true),
        ]
        let lines = LagTable(report: report).lines
        #expect(lines.contains("retries.1m: 3 jobs to be tried again later") && !lines.contains { $0.contains("1h") })
        #expect(lines.last?.hasSuffix(": 1004 jobs to do (3 of them delayed)") == true)
        #expect(LagTable(report: report, showsAll: true).lines.contains { $0.hasPrefix("retries.1h: nothing") })
        report.partitions[0].committed = 9
        #expect(
            LagTable(report: report).lines.contains(
                "jobs[0] ends at offset 5, but the group was at 9: the brokers have lost records; workers begin at the "
                    + "first that is left"))
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

    @Test func audioAndTimes() {
        var report = report
        var backlog = LaneBacklog(topic: "jobs", jobs: 990)
        backlog.audioSeconds = 7200
        backlog.oldest = Date(timeIntervalSince1970: -65)
        report.backlogs = [backlog, LaneBacklog(topic: "bulk", jobs: 0)]
        #expect(LagTable(report: report).lines[1] == "  990 not finished, 2 h of audio, the oldest 1 min 5 s old")
        report.backlogs[0].drain = DrainRate(jobs: 1.26, audio: 2)
        report.backlogs[0].timeToEmpty = TimeEstimate(seconds: 3600, least: 3000, most: nil)
        #expect(
            LagTable(report: report).lines[2]
                == "  1.3 jobs and 2.0 s of audio a second: empty in 1 h (50 min or more)")
        report.backlogs[0].timeToEmpty?.most = 4500
        #expect(LagTable(report: report).lines[2].hasSuffix("(50 min to 1 h 15 min)"))
    }

    @Test func json() throws {
        let line = try JSONLine.string(LagLine(report, trend: nil))
        #expect(
            line.hasPrefix(
                #"{"change_per_second":null,"delayed":0,"group":"g","lag":1001,"lanes":[{"audio_seconds":null,"#))
        #expect(
            line.contains(
                #"{"audio_seconds":null,"committed":null,"end":3,"lag":1,"low":2,"owner":null,"partition":2,"waiting":1}"#
            ))
        #expect(line.hasSuffix(#""owners_known":true,"seconds_to_empty":null,"time":"1970-01-01T00:00:00.000Z"}"#))
    }
}
