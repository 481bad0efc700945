/// One partition of one topic.
public struct KafkaPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The topic's name.
    public var topic: String
    /// The partition's number, from 0.
    public var partition: Int32

    /// Creates a partition's name.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// The partition of an offset.
    public init(of offset: KafkaOffset) {
        self.init(topic: offset.topic, partition: offset.partition)
    }

    /// Topic and partition, such as `jobs[3]`.
    public var description: String { "\(topic)[\(partition)]" }

    /// Orders by topic, then by number.
    public static func < (left: Self, right: Self) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }
}
