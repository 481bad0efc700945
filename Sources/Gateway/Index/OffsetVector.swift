/// How far each partition of the topics was worked in: a point in the fleet's history that every gateway can find.
struct OffsetVector: Sendable, Hashable {
    /// The offset of the next record, by partition; none for partitions of which nothing was seen.
    var offsets: [IndexedPartition: Int64] = [:]

    /// Whether this point is at or after another one.
    func covers(_ other: OffsetVector) -> Bool {
        other.offsets.allSatisfy { (offsets[$0] ?? 0) >= $1 }
    }
}

extension OffsetVector {
    func write(to writer: inout TokenWriter) {
        writer.append(UInt64(offsets.count))
        for (partition, offset) in offsets.sorted(by: { $0.key < $1.key }) {
            writer.append(UInt64(partition.topic))
            writer.append(UInt64(UInt32(bitPattern: partition.partition)))
            writer.append(UInt64(bitPattern: offset))
        }
    }

    init?(from reader: inout TokenReader) {
        guard let count = reader.next(), count <= Self.mostPartitions else { return nil }
        self.init()
        for _ in 0..<count {
            guard let topic = reader.next(), topic < 64, let partition = reader.next(), let offset = reader.next(),
                partition <= UInt64(Int32.max), offset <= UInt64(Int64.max)
            else { return nil }
            offsets[IndexedPartition(topic: Int(topic), partition: Int32(partition))] = Int64(offset)
        }
    }

    /// More than any fleet has.
    private static let mostPartitions: UInt64 = 100_000
}
