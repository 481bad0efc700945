/// Where a record lies: its topic by number, its partition and offset. Jobs are listed in this order.
struct RecordPosition: Sendable, Hashable, Comparable {
    var topic: Int
    var partition: Int32
    var offset: Int64

    static func < (left: Self, right: Self) -> Bool {
        (left.topic, left.partition, left.offset) < (right.topic, right.partition, right.offset)
    }
}

/// A partition, its topic by number.
struct IndexedPartition: Sendable, Hashable, Comparable {
    var topic: Int
    var partition: Int32

    static func < (left: Self, right: Self) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }
}
