import FoundationEssentials
import Jobs
import Kafka
import Logging

/// Reads how far a group of workers is, from its committed offsets and the partitions' ends. It never joins the group, so
/// that looking changes nothing, and needs no more of a broker than any consumer does.
///
/// One connection serves all readings: ``close()`` it when done.
public struct LagReader: Sendable {
    private let reader: KafkaReader
    private let lanes: [String]
    private let group: String

    /// Creates a reader of both lanes. It connects in the background.
    /// - Throws: `KafkaError` (configuration).
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, logger: Logger) throws(KafkaError) {
        reader = try KafkaReader(configuration: kafka, logger: logger)
        lanes = [topics.jobs, topics.bulkJobs]
        self.group = group
    }

    /// Takes a reading.
    ///
    /// Committed offsets are read first, the ends after them. Both only grow, and what is committed is never past the end
    /// at the same time, so the difference can't be negative (the other way round it could, by the jobs that came and were
    /// finished in between). Offset by offset the reading lies between those that somebody else takes wholly before and
    /// wholly after it.
    /// - Throws: `KafkaError` (unknownTopic, brokerUnreachable, timedOut, closed).
    public func read() async throws -> LagReport {
        var committed: [KafkaPartition: Int64] = [:]
        for lane in lanes {
            for offset in try await reader.committedOffsets(group: group, topic: lane) {
                committed[KafkaPartition(topic: lane, partition: offset.partition)] = offset.offset
            }
        }
        var partitions: [PartitionLag] = []
        for lane in lanes {
            for partition in 0..<Int32(clamping: try await reader.partitionCount(of: lane)) {
                let (low, high) = try await reader.watermarks(topic: lane, partition: partition)
                partitions.append(
                    PartitionLag(
                        topic: lane, partition: partition, low: low, end: high,
                        committed: committed[KafkaPartition(topic: lane, partition: partition)]))
            }
        }
        return LagReport(group: group, time: Date(), partitions: partitions, ownersAreKnown: false)
    }

    /// Ends the connection.
    public func close() async { await reader.close() }
}
