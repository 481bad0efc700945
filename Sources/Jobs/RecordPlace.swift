/// Where a record lies, as the header ``HeaderName/origin`` puts it: `TOPIC/PARTITION/OFFSET`.
public struct RecordPlace: Sendable, Hashable, CustomStringConvertible {
    /// The topic's name.
    public var topic: String
    /// The partition's number.
    public var partition: Int32
    /// The offset in the partition.
    public var offset: Int64

    /// Creates a place.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }

    /// Reads a header's text.
    /// - Returns: `nil` for what is not `TOPIC/PARTITION/OFFSET` with numbers of at least 0.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let partition = Int32(parts[1]), let offset = Int64(parts[2]),
            partition >= 0, offset >= 0
        else { return nil }
        self.init(topic: String(parts[0]), partition: partition, offset: offset)
    }

    /// As the header has it.
    public var description: String { "\(topic)/\(partition)/\(offset)" }
}
