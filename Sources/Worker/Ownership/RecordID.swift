import Jobs
import Kafka

/// Tells records apart, even where a log that was lost begins anew with the same offsets.
struct RecordID: Sendable, Hashable {
    let partition: KafkaPartition
    let offset: Int64
    let timestampMilliseconds: Int64?

    init(_ record: KafkaRecord) {
        partition = KafkaPartition(topic: record.topic, partition: record.partition)
        offset = record.offset
        timestampMilliseconds = record.timestampMilliseconds
    }

    var place: RecordPlace { RecordPlace(topic: partition.topic, partition: partition.partition, offset: offset) }
}
