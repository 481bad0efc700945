/// The partitions a group consumer owns, since when, and what it has committed for them.
struct Assignment {
    private struct Entry {
        let epoch: Int
        var committed: Int64?
        /// Whether the partition is being given up.
        var isLeaving = false
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

    /// Begins to give up partitions: nothing but last offsets may be committed for them.
    mutating func beginRemoving(_ partitions: [KafkaPartition]) {
        for partition in partitions { owned[partition]?.isLeaving = true }
    }

    mutating func remove(_ partitions: [KafkaPartition]) {
        for partition in partitions { owned[partition] = nil }
    }

    /// The epoch in which a partition was assigned, or `nil` if it is not owned.
    func epoch(of partition: KafkaPartition) -> Int? { owned[partition]?.epoch }

    /// Parts offsets into those that may be committed and a reason for each of the others.
    /// - Parameter areLast: Whether they are the last ones, of partitions that are being given up.
    func screen(
        _ offsets: [KafkaOffset], areLast: Bool = false
    ) -> (accepted: [KafkaOffset], refused: [KafkaPartition: KafkaError]) {
        var accepted: [KafkaOffset] = []
        var refused: [KafkaPartition: KafkaError] = [:]
        for offset in offsets {
            if let error = refusal(of: offset, isLast: areLast) {
                refused[KafkaPartition(of: offset)] = error
            } else {
                accepted.append(offset)
            }
        }
        return (accepted, refused)
    }

    private func refusal(of offset: KafkaOffset, isLast: Bool) -> KafkaError? {
        let partition = KafkaPartition(of: offset)
        guard let entry = owned[partition] else {
            return KafkaError(.notAssigned, "\(partition) is not assigned to this consumer")
        }
        if let epoch = offset.epoch, epoch != entry.epoch {
            return KafkaError(.notAssigned, "\(partition) was assigned anew in epoch \(entry.epoch), not \(epoch)")
        }
        if entry.isLeaving != isLast {
            let message = isLast ? "\(partition) is not being given up" : "\(partition) is being given up"
            return KafkaError(.notAssigned, message)
        }
        if let committed = entry.committed, offset.offset < committed, !offset.mayGoDown {
            return KafkaError(.offsetWouldGoDown, "\(partition) is committed at \(committed), not \(offset.offset)")
        }
        // librdkafka cuts metadata at a NUL (librdkafka issue 4876).
        if offset.metadata.utf8.contains(0) {
            return KafkaError(.commitFailed, "metadata for \(partition) contains a NUL")
        }
        return nil
    }

    /// Notes that an offset was committed, unless its partition was assigned anew meanwhile.
    mutating func committed(_ offset: KafkaOffset) {
        let partition = KafkaPartition(of: offset)
        guard let entry = owned[partition], offset.epoch ?? entry.epoch == entry.epoch else { return }
        owned[partition]?.committed = offset.offset
    }
}
