import CRdkafka

/// One of librdkafka's queues, which wakes a thread when something arrives.
///
/// The partitions of a group consumer are forwarded to queues apart from the group's own events. So back-pressure is
/// simply not taking records, which stops librdkafka's fetching, while events are polled throughout. The alternative, to
/// pause the partitions, throws away what was fetched ahead, and librdkafka takes up to a second to fetch again after
/// resuming them.
///
/// `@unchecked`: the pointer never changes, and librdkafka's queues may be used by several threads at once.
final class RecordQueue: @unchecked Sendable {
    let pointer: OpaquePointer
    /// A queue has to go before its client does.
    private let handle: ClientHandle
    /// librdkafka holds it without counting.
    private let wakeUp: WakeUp

    /// A new queue.
    convenience init?(of handle: ClientHandle, waking wakeUp: WakeUp) {
        guard let pointer = rd_kafka_queue_new(handle.pointer) else { return nil }
        self.init(owning: pointer, handle, wakeUp)
    }

    /// The queue in which `rd_kafka_consumer_poll` finds a group's events.
    convenience init?(groupEventsOf handle: ClientHandle, waking wakeUp: WakeUp) {
        guard let pointer = rd_kafka_queue_get_consumer(handle.pointer) else { return nil }
        self.init(owning: pointer, handle, wakeUp)
    }

    private init(owning pointer: OpaquePointer, _ handle: ClientHandle, _ wakeUp: WakeUp) {
        self.pointer = pointer
        self.handle = handle
        self.wakeUp = wakeUp
        // Called when something arrives in the empty queue.
        rd_kafka_queue_cb_event_enable(
            pointer, { _, wakeUp in wakeUp.map { Unmanaged<WakeUp>.fromOpaque($0).takeUnretainedValue() }?.raise() },
            Unmanaged.passUnretained(wakeUp).toOpaque())
    }

    deinit {
        rd_kafka_queue_cb_event_enable(pointer, nil, nil)
        rd_kafka_queue_destroy(pointer)
    }

    /// Has the records of a partition arrive here, beginning with those that were held back.
    func collect(from partition: KafkaPartition) {
        handle.forward(partition, to: pointer)
    }

    /// Takes a record, or an error that concerns a partition; the caller destroys it.
    func next(timeoutMilliseconds: Int32 = 0) -> UnsafeMutablePointer<rd_kafka_message_t>? {
        rd_kafka_consume_queue(pointer, timeoutMilliseconds)
    }
}

extension ClientHandle {
    /// Has a partition's records stay in its own queue. When that is full, librdkafka stops fetching.
    func holdBack(_ partition: KafkaPartition) {
        forward(partition, to: nil)
    }

    fileprivate func forward(_ partition: KafkaPartition, to destination: OpaquePointer?) {
        guard let source = rd_kafka_queue_get_partition(pointer, partition.topic, partition.partition) else { return }
        rd_kafka_queue_forward(source, destination)
        rd_kafka_queue_destroy(source)
    }
}
