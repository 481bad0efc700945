/// How far a read of a topic is. Knows nothing of threads and clients.
struct ReadProgress {
    private struct Partition {
        let end: Int64
        /// The offset after the last one read.
        var position: Int64
        /// Why it may be that no more comes, and when that is certain.
        var failure: (error: KafkaError, deadline: ContinuousClock.Instant)?
    }

    private var partitions: [Int32: Partition]
    private let patience: Duration
    /// When partitions that are to be read to an end have given nothing for too long.
    private var deadline: ContinuousClock.Instant

    /// - Parameters:
    ///   - ranges: The offsets to read; those without an end go up to `Int64.max`.
    ///   - patience: How long to wait without any progress.
    init(_ ranges: [Int32: Range<Int64>], patience: Duration, now: ContinuousClock.Instant) {
        partitions = ranges.filter { !$0.value.isEmpty }.mapValues { range in
            Partition(end: range.upperBound, position: range.lowerBound)
        }
        self.patience = patience
        deadline = now + patience
    }

    /// The partitions that are not read to their ends.
    var unfinished: [Int32] { Array(partitions.keys) }

    var isFinished: Bool { partitions.isEmpty }

    /// Whether a partition is not read to its end.
    func isReading(_ partition: Int32) -> Bool { partitions[partition] != nil }

    /// A record has come.
    /// - Returns: Whether it is one of those to read.
    mutating func arrived(_ offset: Int64, in partition: Int32, now: ContinuousClock.Instant) -> Bool {
        guard let end = partitions[partition]?.end else { return false }
        deadline = now + patience
        partitions[partition]?.failure = nil
        partitions[partition]?.position = offset + 1
        if offset >= end - 1 { partitions[partition] = nil }
        return offset < end
    }

    /// A partition has no more records for now.
    mutating func reachedEnd(_ offset: Int64, of partition: Int32, now: ContinuousClock.Instant) {
        guard let (end, position) = partitions[partition].map({ ($0.end, $0.position) }) else { return }
        deadline = now + patience
        partitions[partition]?.failure = nil
        partitions[partition]?.position = offset
        // The last offsets of a range may hold no record: transaction markers, compaction. A log that ends below what was
        // read already was lost, and with it what there was to read.
        if offset >= end || offset < position && end < .max { partitions[partition] = nil }
    }

    /// Nobody took what was read.
    mutating func heldUp(now: ContinuousClock.Instant) {
        deadline = now + patience
        for partition in unfinished { partitions[partition]?.failure?.deadline = deadline }
    }

    /// A partition can't be read, which may pass.
    mutating func failed(_ error: KafkaError, in partition: Int32, now: ContinuousClock.Instant) {
        guard partitions[partition]?.failure == nil else { return }
        let deadline = now + patience
        partitions[partition]?.failure = (error, deadline)
    }

    /// Why reading has to be given up, if that is so.
    func failure(topic: String, now: ContinuousClock.Instant) -> KafkaError? {
        for partition in partitions.values {
            if let (error, deadline) = partition.failure, now >= deadline { return error }
        }
        let awaited = partitions.filter { $0.value.end < .max }
        guard !awaited.isEmpty, now >= deadline else { return nil }
        let names = awaited.map { "\(KafkaPartition(topic: topic, partition: $0.key)) at \($0.value.position)" }
        return KafkaError(
            .timedOut, "nothing came within \(patience) from \(names.sorted().joined(separator: ", "))",
            isRetriable: true)
    }
}
