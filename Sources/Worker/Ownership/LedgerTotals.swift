/// What the ledgers of a worker's partitions hold together.
struct LedgerTotals: Sendable, Hashable {
    /// Partitions the worker owns.
    var partitions = 0
    /// Jobs finished beyond the offsets that are committed for them.
    var finishedAhead: Int64 = 0
    /// Bytes of the longest metadata that a commit of one of them would have now.
    var longestMetadata = 0
}
