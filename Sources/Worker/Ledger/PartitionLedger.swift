import Ledger

/// What is known of one partition's jobs: which are finished, and which may have taken a process down.
///
/// Jobs finish in any order. What is committed as the group's offset is the lowest unfinished one; what is finished
/// above it, which jobs are started and how often each crashed travels with it, so that the next owner runs nothing
/// again that is finished, and runs alone what may be deadly.
///
/// What is kept grows with the unfinished jobs in hand alone: below ``takenEnd`` all others are finished, or were never
/// in the log. From there on, what an earlier owner told holds until the record arrives.
struct PartitionLedger: Sendable, Hashable {
    /// One past the highest offset taken.
    private(set) var takenEnd: Int64
    /// The end of the partition's results up to which they are worked in. `nil`: none are.
    var resultsEnd: Int64?
    /// How long the metadata may be.
    private(set) var limit = MetadataLimit()
    /// What is taken and unfinished, rising.
    private(set) var jobs: [LedgerRecord.Mark] = []
    /// What an earlier owner finished from `takenEnd` on, rising.
    private(set) var finishedBefore: ArraySlice<ClosedRange<Int64>> = []
    /// Unfinished jobs from `takenEnd` on that crashed under earlier owners, rising.
    private(set) var crashedBefore: ArraySlice<LedgerRecord.Mark> = []

    /// Nothing is known but where to begin.
    init(base: Int64, resultsEnd: Int64? = nil) {
        takenEnd = max(base, 0)
        self.resultsEnd = resultsEnd
    }

    /// As a new owner of a partition finds it.
    /// - Parameter isOrderly: What the record says to be started did not crash: this life of the process wrote it, or its
    ///   writer released it later.
    init(takingOver record: LedgerRecord, isOrderly: Bool) {
        self.init(base: record.base, resultsEnd: record.resultsEnd)
        finishedBefore = record.finished[...]
        for var mark in record.marks {
            if mark.isStarted && !isOrderly { mark.crashes = min(mark.crashes + 1, LedgerRecord.mostCrashes) }
            mark.isStarted = false
            if mark.crashes > 0 { crashedBefore.append(mark) }
        }
    }

    /// The lowest unfinished offset, to be committed as the group's. Never falls.
    var base: Int64 {
        if let job = jobs.first { return job.offset }
        if let range = finishedBefore.first, range.lowerBound == takenEnd { return range.upperBound + 1 }
        return takenEnd
    }

    /// How many jobs are taken and unfinished.
    var unfinishedCount: Int { jobs.count }

    /// How many jobs are started and unfinished.
    var startedCount: Int { jobs.count { $0.isStarted } }

    /// Notes that a record arrived. Offsets rise; those left out are not in the log and count as finished.
    mutating func take(_ offset: Int64) -> LedgerIntake {
        // A log that held the highest number could not tell its end.
        guard offset >= base || offset >= takenEnd, offset < .max else { return .wentBack }
        guard offset >= takenEnd else { return index(of: offset) == nil ? .finished : .repeated }

        takenEnd = offset + 1
        while let mark = crashedBefore.first, mark.offset < offset { crashedBefore.removeFirst() }
        while let range = finishedBefore.first, range.lowerBound <= offset {
            if offset < range.upperBound {
                finishedBefore[finishedBefore.startIndex] = takenEnd...range.upperBound
            } else {
                finishedBefore.removeFirst()
            }
            if offset <= range.upperBound { return .finished }
        }
        let job =
            crashedBefore.first?.offset == offset ? crashedBefore.removeFirst() : LedgerRecord.Mark(offset: offset)
        jobs.append(job)
        return LedgerIntake(crashes: job.crashes)
    }

    /// Notes that a job is about to run, which is to be committed before it does.
    mutating func start(_ offset: Int64) {
        if let index = index(of: offset) { jobs[index].isStarted = true }
    }

    /// Notes that a job was given up in order, unfinished.
    mutating func release(_ offset: Int64) {
        if let index = index(of: offset) { jobs[index].isStarted = false }
    }

    /// Notes that all jobs were given up in order.
    mutating func releaseAll() {
        for index in jobs.indices { jobs[index].isStarted = false }
    }

    /// Notes that a job's outcome is published and acknowledged. Nothing for one that is not in hand.
    mutating func finish(_ offset: Int64) {
        if let index = index(of: offset) { jobs.remove(at: index) }
    }

    /// How many processes went down while a job was running that is unfinished.
    func crashes(of offset: Int64) -> Int {
        if let index = index(of: offset) { return jobs[index].crashes }
        return crashedBefore.first { $0.offset == offset }?.crashes ?? 0
    }

    /// A broker refused metadata of so many characters.
    mutating func metadataWasRefused(length: Int) { limit.wasRefused(length: length) }

    /// A broker took metadata of so many characters.
    mutating func metadataWasAccepted(length: Int) { limit.wasAccepted(length: length) }

    /// What to commit now.
    ///
    /// Where a broker refused what ``hasRoom`` had allowed, this leaves out finished offsets, the highest first, and with
    /// them the results' end: the next owner learns from reading all results what it isn't told.
    /// - Parameters:
    ///   - session: This life of the process.
    ///   - sequence: Higher than in any earlier record of the session.
    func record(session: UInt32, sequence: UInt64) -> LedgerRecord {
        var record = LedgerRecord(
            base: base, finished: finished, marks: jobs.filter { $0.isStarted || $0.crashes > 0 } + crashedBefore,
            resultsEnd: resultsEnd, session: session, sequence: sequence)
        guard longestMetadata(afterTaking: 0) > limit.characters else { return record }
        while record.metadata.utf8.count > limit.characters, !record.finished.isEmpty {
            record.finished.removeLast((record.finished.count + 7) / 8)
            record.resultsEnd = nil
        }
        return record
    }

    /// The jobs in hand, each with where the next one lies.
    var spans: Zip2Sequence<[LedgerRecord.Mark], [Int64]> { zip(jobs, jobs.dropFirst().map(\.offset) + [takenEnd]) }

    /// What is finished above `base`.
    private var finished: [ClosedRange<Int64>] {
        var ranges = spans.compactMap { job, next in job.offset + 1 < next ? job.offset + 1...next - 1 : nil }
        for range in finishedBefore where range.lowerBound > base {
            if let last = ranges.last, last.upperBound + 1 == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound...range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// Where a job in hand stands in `jobs`.
    private func index(of offset: Int64) -> Int? {
        var range = jobs.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if jobs[middle].offset == offset { return middle }
            range = jobs[middle].offset < offset ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}
