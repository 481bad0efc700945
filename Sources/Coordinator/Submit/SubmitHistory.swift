import FoundationEssentials
import Jobs

/// What the records of a batch's earlier submits say, and what follows for the next one.
package struct SubmitHistory {
    private let batchID: String
    /// Of submits that began and of those that ended.
    private let records: [BatchRecord]
    private let unfinishedRecord: BatchRecord?

    init(batchID: String, _ finder: BatchFinder) {
        self.init(
            batchID: batchID, records: finder.records, openRecords: finder.openRecords,
            unfinishedRecord: finder.unfinishedRecord)
    }

    /// - Parameters:
    ///   - records: of submits that ended.
    ///   - openRecords: of submits that began.
    ///   - unfinishedRecord: of the last of them, where it has not ended.
    package init(batchID: String, records: [BatchRecord], openRecords: [BatchRecord], unfinishedRecord: BatchRecord?) {
        self.batchID = batchID
        self.records = records + openRecords
        self.unfinishedRecord = unfinishedRecord
    }

    /// Whether the last submit has ended, so that its record is the batch's.
    package var isFinished: Bool { !records.isEmpty && unfinishedRecord == nil }

    /// Where results lie at the earliest, by partition.
    var resultsStart: [Int32: Int64] { records.resultsStart }

    /// Where jobs lie at the earliest, by topic and partition.
    /// - Parameter lane: the topic of records that don't name theirs.
    func jobsStart(lane: String) -> [String: [Int32: Int64]] {
        records.jobRanges(unnamed: lane).mapValues { $0.mapValues(\.lowerBound) }
    }

    /// Decides which run a submit is, and whether there were earlier submits of that run.
    /// - Throws: ``CoordinatorError`` when it must not be.
    package func run(
        of digest: String, _ options: SubmitOptions
    ) throws(CoordinatorError) -> (run: UInt32, isRepeated: Bool) {
        // A name stands for the same jobs for ever. A gateway that begins a batch does not know all of them yet.
        let isSame = records.allSatisfy { $0.jobsDigest == digest || $0.state == .open && $0.jobsDigest.isEmpty }
        guard isSame else { throw .batchNameTaken(batchID) }
        guard let highest = records.map(\.run).max() else { return (options.run ?? 0, false) }
        let run = options.run ?? highest
        guard run >= highest else {
            throw CoordinatorError(
                .runIsOver,
                "batch \(batchID) is at run \(highest), and only the highest run counts: give --run \(highest) to "
                    + "send what is missing in it, or a higher one to send all again")
        }
        if let unfinishedRecord, run == highest, !options.resumes {
            let time = unfinishedRecord.submitDate.map { " at \($0.formatted(.iso8601))" } ?? ""
            throw CoordinatorError(
                .unfinishedSubmit,
                "a submit of batch \(batchID) began\(time) and did not end; it may still be running. If it is not, "
                    + "add --resume to send the rest")
        }
        return (run, run == highest)
    }

    /// The ranges of a record that covers those before it, so that it suffices alone.
    /// - Parameters:
    ///   - sent: offsets of the first and the last job that were sent to a topic now, by partition.
    ///   - jobsEnds: ends of the topic's partitions.
    ///   - resultsEnds: ends of the results' partitions before that.
    func ranges(
        sent: [Int32: ClosedRange<Int64>], to topic: String, jobsEnds: [Int32: Int64], resultsEnds: [Int32: Int64]
    ) -> [PartitionRange] {
        var ranges: [Int32: PartitionRange] = [:]
        for (partition, offsets) in sent {
            let resultsStart = resultsEnds[partition] ?? 0
            ranges[partition] = PartitionRange(
                partition, jobs: offsets.lowerBound, offsets.upperBound + 1, results: resultsStart)
        }
        for record in records {
            for var range in record.partitions {
                let end = jobsEnds[range.partition] ?? range.jobsEnd
                if range.jobsEnd > end {
                    // The log was lost, and is another one now: what is left of the batch is somewhere in it.
                    range.jobsStart = 0
                    range.jobsEnd = end
                }
                if let resultsEnd = resultsEnds[range.partition], range.resultsStart > resultsEnd {
                    range.resultsStart = 0
                }
                if record.jobsTopic != topic {
                    // Its jobs are elsewhere; its results are not.
                    range.jobsStart = end
                    range.jobsEnd = end
                } else if record.state == .open {
                    // How far it came is not known.
                    range.jobsEnd = max(range.jobsEnd, end)
                }
                ranges[range.partition] = ranges[range.partition].map { $0.union(range) } ?? range
            }
        }
        return ranges.values.sorted { $0.partition < $1.partition }
    }
}

extension PartitionRange {
    init(_ partition: Int32, jobs start: Int64, _ end: Int64, results resultsStart: Int64) {
        self.init()
        self.partition = partition
        jobsStart = start
        jobsEnd = end
        self.resultsStart = resultsStart
    }

    /// What covers both.
    fileprivate func union(_ other: PartitionRange) -> PartitionRange {
        PartitionRange(
            partition, jobs: min(jobsStart, other.jobsStart), max(jobsEnd, other.jobsEnd),
            results: min(resultsStart, other.resultsStart))
    }
}
