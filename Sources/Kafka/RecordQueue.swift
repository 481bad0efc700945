import CRdkafka

/// Where the records of a group consumer's partitions arrive, apart from the group's own events.
///
/// So back-pressure is simply not taking records, which stops librdkafka's fetching, while events are polled throughout.
/// The alternative, to pause the partitions, throws away what was fetched ahead, and librdkafka takes up to a second to
/// fetch again after resuming them.
///
/// `@unchecked`: the pointer never changes, and librdkafka's queues may be used by several threads at once.
final class RecordQueue: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// A queue has to go before its client does.
    private let handle: ClientHandle

    init?(of handle: ClientHandle) {
        guard let pointer = rd_kafka_queue_new(handle.pointer) else { return nil }
        self.pointer = pointer
        self.handle = handle
    }

    deinit { rd_kafka_queue_destroy(pointer) }

    /// Has the records of partitions, which are about to be assigned, arrive here.
    func collect(from partitions: [KafkaPartition]) {
        for partition in partitions {
            guard let source = rd_kafka_queue_get_partition(handle.pointer, partition.topic, partition.partition) else {
                continue
            }
            rd_kafka_queue_forward(source, pointer)
            rd_kafka_queue_destroy(source)
        }
    }

    /// Takes a record, or an error that concerns a partition; the caller destroys it.
    func next(timeoutMilliseconds: Int32) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        rd_kafka_consume_queue(pointer, timeoutMilliseconds)
    }
}
