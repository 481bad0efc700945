import Logging

/// Where to begin to read a partition.
enum ReadingPosition {
    /// The wanted offset, or the log's first where that has been deleted already. One past the end means that the log was
    /// lost: that is said, and all of it is read.
    static func first(
        _ offset: Int64, of partition: KafkaPartition, in log: (low: Int64, high: Int64), logger: Logger
    ) -> Int64 {
        guard offset > log.high else { return max(offset, log.low) }
        logger.warning(
            """
            \(partition): offset \(offset), from where it is to be read, lies past the log, which holds the offsets from \
            \(log.low) up to \(log.high): the log was cut, or lost and begun anew. Reading begins at its beginning
            """)
        return log.low
    }
}
