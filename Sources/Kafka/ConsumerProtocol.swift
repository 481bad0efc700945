/// Reads what the leader of a consumer group tells the others through the coordinator: Kafka's
/// `ConsumerProtocolAssignment`, of which every version begins in the same way.
struct ConsumerProtocol {
    private var bytes: ArraySlice<UInt8>

    /// The partitions of a member's assignment; `nil` where the bytes are something else.
    static func partitions(ofAssignment bytes: [UInt8]) -> [KafkaPartition]? {
        var reader = ConsumerProtocol(bytes: bytes[...])
        guard reader.integer(Int16.self) != nil, let topics = reader.integer(Int32.self) else { return nil }
        var partitions: [KafkaPartition] = []
        for _ in 0..<max(topics, 0) {
            guard let topic = reader.string(), let count = reader.integer(Int32.self) else { return nil }
            for _ in 0..<max(count, 0) {
                guard let partition = reader.integer(Int32.self) else { return nil }
                partitions.append(KafkaPartition(topic: topic, partition: partition))
            }
        }
        return partitions
    }

    private mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) -> Integer? {
        let size = MemoryLayout<Integer>.size
        guard bytes.count >= size else { return nil }
        defer { bytes = bytes.dropFirst(size) }
        return bytes.prefix(size).reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
    }

    private mutating func string() -> String? {
        guard let count = integer(Int16.self).map(Int.init), count >= 0, bytes.count >= count else { return nil }
        defer { bytes = bytes.dropFirst(count) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
