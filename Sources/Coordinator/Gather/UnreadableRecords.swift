import Jobs
import Kafka

/// Records that lie among the results and name the batch, but can't be read.
public struct UnreadableRecords: Sendable, Hashable {
    /// How many there were.
    public private(set) var count = 0
    /// Where the first one is and what is wrong with it.
    public private(set) var first: String?

    mutating func add(_ record: KafkaRecord, _ error: JobsError) {
        count += 1
        if first == nil {
            let partition = KafkaPartition(topic: record.topic, partition: record.partition)
            first = "\(partition) at offset \(record.offset): \(error)"
        }
    }
}
