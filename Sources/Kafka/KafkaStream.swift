/// Topics of a group consumer whose records share a buffer of their own, so that a full one holds up no other.
public struct KafkaStream: Sendable, Hashable {
    /// The topics to read. A topic that does not exist is not created.
    public var topics: [String]
    /// Records held at most, at least 1.
    public var bufferLimit: Int

    /// Creates a stream.
    public init(topics: [String], bufferLimit: Int) {
        self.topics = topics
        self.bufferLimit = bufferLimit
    }
}
