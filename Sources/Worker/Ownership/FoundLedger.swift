import Kafka
import Ledger

/// What a new owner finds of a partition's ledger.
struct FoundLedger: Sendable {
    /// What the last owner has committed; `nil` where there is nothing that can be understood.
    let record: LedgerRecord?
    /// Whether anything was committed at all.
    let isCommitted: Bool
    /// Where to go on.
    let ledger: PartitionLedger

    /// - Parameters:
    ///   - committed: what the group has committed; `nil` if nothing yet.
    ///   - isOrderly: whether the writer of a ledger has given the partition back alive, so that what it had started there
    ///     was not a crash.
    init(_ committed: KafkaOffset?, isOrderly: (LedgerRecord) -> Bool) {
        isCommitted = committed != nil
        record = committed.flatMap { LedgerRecord(metadata: $0.metadata, base: $0.offset) }
        ledger =
            record.map { PartitionLedger(takingOver: $0, isOrderly: isOrderly($0)) }
            ?? PartitionLedger(base: committed?.offset ?? 0)
    }
}
