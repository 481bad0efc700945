import Kafka

/// What is to be committed: while one commit is under way, only the newest offset of each partition waits.
struct CommitQueue: Sendable {
    private var waiting: [KafkaPartition: KafkaOffset] = [:]
    /// Whether somebody is committing.
    private(set) var isBusy = false

    /// Adds an offset.
    /// - Returns: Whether the caller has to begin committing.
    mutating func add(_ offset: KafkaOffset) -> Bool {
        let partition = KafkaPartition(offset)
        if waiting[partition].map({ offset.supersedes($0) }) ?? true { waiting[partition] = offset }
        defer { isBusy = true }
        return !isBusy
    }

    /// What to commit next. Nothing more ends the committing.
    mutating func next() -> [KafkaOffset] {
        defer { waiting = [:] }
        isBusy = !waiting.isEmpty
        return Array(waiting.values)
    }

    /// Has offsets that could not be committed wait for another attempt, except where newer ones do.
    mutating func putBack(_ offsets: [KafkaOffset]) {
        for offset in offsets { _ = add(offset) }
    }
}

extension KafkaOffset {
    /// Whether this is of a later assignment, or further on in the same.
    fileprivate func supersedes(_ other: KafkaOffset) -> Bool {
        (epoch ?? 0, offset) > (other.epoch ?? 0, other.offset)
    }
}
