import Jobs
import Kafka

/// Records that the brokers had and don't have any more, told by offsets that were noted earlier.
public struct RecordLoss: Sendable, Hashable, CustomStringConvertible {
    /// What an offset stands for.
    public enum Mark: Sendable, Hashable {
        /// The batch's jobs were written up to there.
        case jobsEnd
        /// The batch's results lie there and after it.
        case resultsStart
        /// Results were read up to there.
        case readEnd
    }

    /// Where records are missing.
    public let partition: KafkaPartition
    /// What was noted.
    public let mark: Mark
    /// The offset that was noted.
    public let offset: Int64
    /// Offsets that the partition has now.
    public let available: Range<Int64>

    /// - Returns: `nil` where nothing is missing.
    init?(_ mark: Mark, _ partition: KafkaPartition, offset: Int64, low: Int64, high: Int64) {
        let isExpired = mark == .resultsStart && low > offset && high > low
        guard offset > high || isExpired else { return nil }
        self.partition = partition
        self.mark = mark
        self.offset = offset
        available = low..<max(low, high)
    }

    /// Whether the records were removed for their age, and not lost.
    public var isExpiry: Bool { offset < available.lowerBound }

    /// Says what is missing, and how that is known.
    public var description: String {
        let noted =
            switch mark {
            case .jobsEnd: "the batch's jobs were written up to offset \(offset)"
            case .resultsStart: "the batch's results begin at offset \(offset)"
            case .readEnd: "results were read up to offset \(offset)"
            }
        return isExpiry
            ? "\(partition) begins at offset \(available.lowerBound), but \(noted): older records have expired (retention)"
            : "\(partition) ends at offset \(available.upperBound), but \(noted): the brokers have lost records"
    }
}

extension RecordLoss {
    /// Holds what a batch's records say against what the topics have.
    static func find(
        in records: [BatchRecord], topics: TopicNames, reader: KafkaReader
    ) async throws -> [RecordLoss] {
        guard let record = records.current else { return [] }
        let jobsTopic = record.jobsTopic.isEmpty ? topics.jobs : record.jobsTopic
        let jobs = try await reader.watermarks(of: jobsTopic)
        let results = try await reader.watermarks(of: topics.results)
        return record.partitions.sorted { $0.partition < $1.partition }.flatMap { range in
            [
                loss(.jobsEnd, jobsTopic, range.partition, range.jobsEnd, jobs),
                loss(.resultsStart, topics.results, range.partition, range.resultsStart, results),
            ].compactMap { $0 }
        }
    }

    /// Holds the offsets up to which the results were read against what the topic has.
    static func find(
        behind positions: [Int32: Int64], topics: TopicNames, reader: KafkaReader
    ) async throws -> [RecordLoss] {
        let results = try await reader.watermarks(of: topics.results)
        return positions.sorted { $0.key < $1.key }.compactMap { partition, offset in
            loss(.readEnd, topics.results, partition, offset, results)
        }
    }

    private static func loss(
        _ mark: Mark, _ topic: String, _ partition: Int32, _ offset: Int64,
        _ watermarks: [Int32: (low: Int64, high: Int64)]
    ) -> RecordLoss? {
        guard let (low, high) = watermarks[partition] else { return nil }
        return RecordLoss(
            mark, KafkaPartition(topic: topic, partition: partition), offset: offset, low: low, high: high)
    }
}
