/// A record as it was read from a topic.
public struct KafkaRecord: Sendable, Hashable {
    /// The topic it was read from.
    public var topic: String
    /// The partition it was read from.
    public var partition: Int32
    /// Its position in the partition.
    public var offset: Int64
    /// Its key, if it has one; an empty key is not `nil`.
    public var key: [UInt8]?
    /// Its value; `nil` is a tombstone, which is not the same as an empty value.
    public var value: [UInt8]?
    /// Its headers in order, repeated keys included.
    public var headers: [KafkaHeader]
    /// Milliseconds since 1970, by the producer's or the broker's clock as the topic is configured.
    public var timestampMilliseconds: Int64?

    /// Creates a record.
    public init(
        topic: String, partition: Int32, offset: Int64, key: [UInt8]? = nil, value: [UInt8]? = nil,
        headers: [KafkaHeader] = [], timestampMilliseconds: Int64? = nil
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.key = key
        self.value = value
        self.headers = headers
        self.timestampMilliseconds = timestampMilliseconds
    }
}
