/// What a partition's ledger tells the next owner. It travels in a commit: `base` as the offset, all else as metadata.
package struct LedgerRecord: Sendable, Hashable {
    /// The lowest unfinished offset.
    package var base: Int64
    /// Finished offsets above `base`, rising, with unfinished ones between any two ranges.
    package var finished: [ClosedRange<Int64>] = []
    /// Unfinished offsets of which there is something to say, rising.
    package var marks: [Mark] = []
    /// The end of the partition's results up to which they are part of this. `nil`: none are, read them all.
    package var resultsEnd: Int64?
    /// The life of a worker process that wrote this.
    package var session: UInt32
    /// Rises with each record of a session.
    package var sequence: UInt64

    /// Creates a record.
    package init(
        base: Int64, finished: [ClosedRange<Int64>] = [], marks: [Mark] = [], resultsEnd: Int64? = nil, session: UInt32,
        sequence: UInt64
    ) {
        self.base = base
        self.finished = finished
        self.marks = marks
        self.resultsEnd = resultsEnd
        self.session = session
        self.sequence = sequence
    }

    /// An unfinished job that was started, or that crashed before.
    package struct Mark: Sendable, Hashable {
        package var offset: Int64
        package var isStarted = false
        /// 0 to 15.
        package var crashes = 0

        /// Creates a mark.
        package init(offset: Int64, isStarted: Bool = false, crashes: Int = 0) {
            self.offset = offset
            self.isStarted = isStarted
            self.crashes = crashes
        }
    }
}
