import Ledger

/// How much may be taken before the metadata could outgrow a commit.
extension PartitionLedger {
    /// Whether one more job may be taken: the metadata keeps within the limit then, whichever of those in hand are
    /// started and finished, in whatever order.
    ///
    /// With none in hand there always is: what earlier owners told shrinks only by taking.
    var hasRoom: Bool { jobs.isEmpty || longestMetadata(afterTaking: 1) <= limit.characters }

    /// What the metadata's length can't exceed in any state that is reached with so many takes.
    ///
    /// Each unfinished job may cost a mark, which begins with the distance to it, and two runs: of unfinished ones, which
    /// it may end, and of finished ones up to the next. Finishing a job joins two distances into one, which takes no
    /// more bytes than they did.
    func longestMetadata(afterTaking count: Int) -> Int {
        func length(_ value: Int64) -> Int { LedgerWriter.length(ofVarint: UInt64(value)) }
        func doubledLength(_ value: Int64) -> Int { LedgerWriter.length(ofVarint: UInt64(value) << 1) }
        // All that is there once, and the most that a job far above the last one adds.
        var bytes = 32 + 32 * count
        for (job, next) in spans {
            bytes += 1 + length(next - job.offset) + doubledLength(next - job.offset) + (job.crashes > 0 ? 1 : 0)
        }
        var end = takenEnd
        for range in finishedBefore {
            bytes += length(range.lowerBound - end) + length(range.upperBound + 1 - range.lowerBound)
            end = range.upperBound + 1
        }
        end = takenEnd
        for mark in crashedBefore {
            bytes += doubledLength(mark.offset - end) + 1
            end = mark.offset
        }
        return LedgerRecord.metadataPrefix.utf8.count + Base64URL.length(of: bytes)
    }
}
