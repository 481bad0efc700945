/// A record to be written.
public struct KafkaProducerRecord: Sendable, Hashable {
    /// The topic to write to.
    public var topic: String
    /// The partition, or `nil` to have the key decide.
    public var partition: Int32?
    /// The key, if it has one; an empty key is not `nil`.
    public var key: [UInt8]?
    /// The value; `nil` is a tombstone.
    public var value: [UInt8]?
    /// The headers in order.
    public var headers: [KafkaHeader]

    /// Creates a record.
    public init(
        topic: String, partition: Int32? = nil, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader] = []
    ) {
        self.topic = topic
        self.partition = partition
        self.key = key
        self.value = value
        self.headers = headers
    }
}
