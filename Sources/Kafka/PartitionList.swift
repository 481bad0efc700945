import CRdkafka

#if canImport(Glibc)
import Glibc
#endif

/// Owns librdkafka's list of partitions with their offsets, metadata and errors.
struct PartitionList: ~Copyable {
    private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// An empty list.
    init() { pointer = rd_kafka_topic_partition_list_new(0) }

    /// Takes over a list that librdkafka handed out.
    init(owning pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) { self.pointer = pointer }

    /// Whole topics, as `rd_kafka_subscribe` wants them.
    init(topics: [String]) {
        self.init()
        for topic in topics { rd_kafka_topic_partition_list_add(pointer, topic, RD_KAFKA_PARTITION_UA) }
    }

    /// Partitions without offsets.
    init(_ partitions: some Sequence<KafkaPartition>) {
        self.init()
        for each in partitions { rd_kafka_topic_partition_list_add(pointer, each.topic, each.partition) }
    }

    /// Partitions with offsets and metadata.
    init(_ offsets: some Sequence<KafkaOffset>) {
        self.init()
        for each in offsets {
            guard let element = rd_kafka_topic_partition_list_add(pointer, each.topic, each.partition) else { continue }
            element.pointee.offset = each.offset
            guard !each.metadata.isEmpty else { continue }
            // The list frees the copy.
            element.pointee.metadata = UnsafeMutableRawPointer(strdup(each.metadata))
            element.pointee.metadata_size = each.metadata.utf8.count
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    /// Lends the list to a call: it must not be used after, since the owner may be gone by then.
    func withPointer<Result, Failure: Error>(
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }

    /// The elements of a list, which has to outlive them.
    static func elements(
        of list: UnsafePointer<rd_kafka_topic_partition_list_t>?
    ) -> UnsafeBufferPointer<rd_kafka_topic_partition_t> {
        guard let list else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
    }
}

extension KafkaPartition {
    init(_ element: rd_kafka_topic_partition_t) {
        self.init(topic: String(cString: element.topic), partition: element.partition)
    }
}

extension KafkaOffset {
    /// The offset in an element, or `nil` where there is none.
    init?(_ element: rd_kafka_topic_partition_t) {
        guard element.offset >= 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(start: element.metadata, count: element.metadata_size)
        self.init(
            topic: String(cString: element.topic), partition: element.partition, offset: element.offset,
            metadata: String(decoding: bytes, as: UTF8.self))
    }
}
