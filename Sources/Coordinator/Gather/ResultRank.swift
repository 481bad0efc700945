import Kafka

/// Which of a job's results counts: of the highest run the one that was there first.
struct ResultRank: Sendable, Hashable {
    let run: UInt32
    let partition: Int32
    let offset: Int64
    private let timestampMilliseconds: Int64

    /// - Parameter run: of a result that was chosen already, so that none of the same run goes before it.
    init(run: UInt32) {
        self.run = run
        partition = 0
        offset = 0
        timestampMilliseconds = 0
    }

    init(run: UInt32, of record: KafkaRecord) {
        self.run = run
        partition = record.partition
        offset = record.offset
        timestampMilliseconds = record.timestampMilliseconds ?? 0
    }

    /// Whether this one counts and not the other.
    ///
    /// Within a partition the offsets tell which was first. A job's results lie in two only where it was sent with two
    /// partitioners; then the records' times tell, which are the same for whoever reads them.
    func goesBefore(_ other: Self) -> Bool {
        guard run == other.run else { return run > other.run }
        return partition == other.partition
            ? offset < other.offset
            : (timestampMilliseconds, partition) < (other.timestampMilliseconds, other.partition)
    }
}
