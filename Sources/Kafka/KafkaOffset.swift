/// A position in a partition, as a consumer group commits it.
public struct KafkaOffset: Sendable, Hashable {
    /// The topic.
    public var topic: String
    /// The partition.
    public var partition: Int32
    /// The offset of the next record to read: one more than the last finished one.
    public var offset: Int64
    /// Text kept beside the offset. Brokers allow 4,096 bytes unless told otherwise.
    public var metadata: String
    /// The assignment epoch in which the partition was owned: the commit is refused in any other. `nil` in offsets
    /// that were looked up, and in a commit that any epoch may make.
    public var epoch: Int?
    /// Whether it may be committed although a higher one was before: the log was lost and begins anew.
    public var mayGoDown: Bool

    /// Creates an offset.
    public init(
        topic: String, partition: Int32, offset: Int64, metadata: String = "", epoch: Int? = nil,
        mayGoDown: Bool = false
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.metadata = metadata
        self.epoch = epoch
        self.mayGoDown = mayGoDown
    }
}
