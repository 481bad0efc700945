import Kafka
import Ledger

/// A partition's ledger as it is to be committed.
struct LedgerSnapshot: Sendable {
    let partition: KafkaPartition
    let epoch: Int
    let version: UInt64
    let record: LedgerRecord
    let mayGoDown: Bool

    /// For the consumer.
    var offset: KafkaOffset {
        KafkaOffset(
            topic: partition.topic, partition: partition.partition, offset: record.base, metadata: record.metadata,
            epoch: epoch, mayGoDown: mayGoDown)
    }
}
