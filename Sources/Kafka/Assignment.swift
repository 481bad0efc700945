/// The partitions a group consumer owns, since when, and what it has committed for them.
struct Assignment {
    private struct Entry {
        let epoch: Int
        var committed: Int64?
    }

    /// Counts assignments: the epoch of the last one.
    private(set) var epoch = 0
    private var owned: [KafkaPartition: Entry] = [:]

    /// Begins a new epoch, which the given partitions belong to; partitions kept from before keep theirs.
    mutating func add(_ partitions: [KafkaPartition]) -> Int {
        epoch += 1
        for partition in partitions { owned[partition] = Entry(epoch: epoch) }
        return epoch
    }

    mutating func remove(_ partitions: [KafkaPartition]) {
        for partition in partitions { owned[partition] = nil }
    }

    /// The epoch in which a partition was assigned, or `nil` if it is not owned.
    func epoch(of partition: KafkaPartition) -> Int? { owned[partition]?.epoch }

    /// Parts offsets into those that may be committed and a reason for each of the others.
    func screen(_ offsets: [KafkaOffset]) -> (accepted: [KafkaOffset], refused: [KafkaError]) {
        var accepted: [KafkaOffset] = []
        var refused: [KafkaError] = []
        for offset in offsets {
            if let error = refusal(of: offset) { refused.append(error) } else { accepted.append(offset) }
        }
        return (accepted, refused)
    }

    private func refusal(of offset: KafkaOffset) -> KafkaError? {
        let partition = KafkaPartition(topic: offset.topic, partition: offset.partition)
        guard let entry = owned[partition] else {
            return KafkaError(.notAssigned, "\(partition) is not assigned to this consumer")
        }
        if let epoch = offset.epoch, epoch != entry.epoch {
            return KafkaError(.notAssigned, "\(partition) was assigned anew in epoch \(entry.epoch), not \(epoch)")
        }
        if let committed = entry.committed, offset.offset < committed {
            return KafkaError(.offsetWouldGoDown, "\(partition) is committed at \(committed), not \(offset.offset)")
        }
        // librdkafka cuts metadata at a NUL (librdkafka issue 4876).
        if offset.metadata.utf8.contains(0) {
            return KafkaError(.commitFailed, "metadata for \(partition) contains a NUL")
        }
        return nil
    }

    /// Notes that an offset was committed.
    mutating func committed(_ offset: KafkaOffset) {
        owned[KafkaPartition(topic: offset.topic, partition: offset.partition)]?.committed = offset.offset
    }
}
