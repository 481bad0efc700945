/// A record that a group consumer was handed, with the assignment under which it was read.
public struct KafkaGroupRecord: Sendable, Hashable {
    /// The record.
    public var record: KafkaRecord
    /// The assignment epoch of its partition: see ``KafkaGroupConsumer/owns(topic:partition:epoch:)``.
    public var epoch: Int

    /// Creates a group record.
    public init(record: KafkaRecord, epoch: Int) {
        self.record = record
        self.epoch = epoch
    }
}
