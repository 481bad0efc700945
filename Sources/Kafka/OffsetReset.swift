/// librdkafka went on reading at another offset, since the one it wanted is not in the partition's log.
struct OffsetReset: Equatable {
    var partition: KafkaPartition
    /// The offset that was wanted.
    var offset: Int64

    init(partition: KafkaPartition, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }

    /// Reads the line that librdkafka logs about it, which is the one way it tells unless reading is to stop there, such
    /// as `jobs [0]: offset reset (at offset 20, broker 1) to BEGINNING: …`. `nil` for any other line.
    init?(facility: String, text: String) {
        guard facility == "OFFSET" else { return nil }
        let pattern = /(?:^|\s)([\w.-]+) \[(\d+)\]: offset reset \(at offset (\d+)[ ,]/
        guard let match = text.firstMatch(of: pattern),
            let partition = Int32(match.2), let offset = Int64(match.3)
        else { return nil }
        self.init(partition: KafkaPartition(topic: String(match.1), partition: partition), offset: offset)
    }
}
