import Jobs
import Testing

@testable import Coordinator

@Suite struct BatchRecordsTests {
    private func record(run: UInt32 = 0, jobCount: UInt32 = 1, _ ranges: [(Int32, Range<Int64>, Int64)]) -> BatchRecord
    {
        var record = BatchRecord()
        record.run = run
        record.jobCount = jobCount
        record.partitions = ranges.map { partition, jobs, results in
            var range = PartitionRange()
            range.partition = partition
            range.jobsStart = jobs.lowerBound
            range.jobsEnd = jobs.upperBound
            range.resultsStart = results
            return range
        }
        return record
    }

    @Test func theLastOfTheHighestRunCounts() {
        let records = [record(run: 1, jobCount: 1, []), record(run: 1, jobCount: 2, []), record(jobCount: 3, [])]
        #expect(records.current?.jobCount == 2)
        #expect([BatchRecord]().current == nil)
    }

    @Test func rangesOfAllSubmitsTogether() {
        var open = record([(1, 40..<40, 9)])
        open.state = .open
        let records = [record([(0, 5..<8, 3), (2, 0..<1, 0)]), record([(0, 20..<30, 7)]), open]
        #expect(records.resultsStart == [0: 3, 1: 9, 2: 0])
        #expect(records.jobRanges(unnamed: "j") == ["j": [0: 5..<30, 1: 40..<Int64.max, 2: 0..<1]])
    }

    @Test func rangesThatAreNone() {
        var record = record([(0, 5..<8, 3)])
        record.partitions[0].jobsStart = 9
        record.partitions[0].jobsEnd = -1
        #expect([record].jobRanges(unnamed: "j") == ["j": [0: 9..<9]])
    }
}
