import FoundationEssentials
import Jobs
import Kafka
import Ledger
import Logging

/// Reads how far a group of workers is, from its committed offsets and the partitions' ends. It never joins the group, so
/// that looking changes nothing, and needs no more of a broker than any consumer does.
///
/// One connection serves all readings: ``close()`` it when done.
public struct LagReader: Sendable {
    private let reader: KafkaReader
    private let topics: TopicNames
    private let group: String

    /// Creates a reader of both lanes and the retries. It connects in the background.
    /// - Throws: `KafkaError` (configuration).
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, logger: Logger) throws(KafkaError) {
        reader = try KafkaReader(configuration: kafka, logger: logger)
        self.topics = topics
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
        let members = try await reader.groupMembers(of: group)
        let owners = Self.owners(members ?? [])
        // Fleets that were set up before there were retries have no topics for them.
        let delayed = try await reader.existing(topics.retries)
        let sources = topics.lanes + delayed
        var committed: [KafkaPartition: KafkaOffset] = [:]
        for each in try await reader.committedOffsets(group: group, topics: sources) {
            committed[KafkaPartition(topic: each.topic, partition: each.partition)] = each
        }
        var partitions: [PartitionLag] = []
        for lane in sources {
            for (number, ends) in try await reader.watermarks(of: lane).sorted(by: { $0.key < $1.key }) {
                let partition = KafkaPartition(topic: lane, partition: number)
                var lag = PartitionLag(
                    topic: lane, partition: number, low: ends.low, end: ends.high,
                    committed: committed[partition]?.offset, owner: owners[partition],
                    isDelayed: delayed.contains(lane))
                lag.setLedger(committed[partition]?.metadata)
                partitions.append(lag)
            }
        }
        return LagReport(group: group, time: Date(), partitions: partitions, ownersAreKnown: members != nil)
    }

    /// Who has which partition: a member by its `client.id`, or by its own id where that is not unique.
    static func owners(_ members: [KafkaGroupMember]) -> [KafkaPartition: String] {
        let names = Dictionary(grouping: members, by: \.clientID)
        var owners: [KafkaPartition: String] = [:]
        for member in members {
            let isUnique = names[member.clientID]?.count == 1 && !member.clientID.isEmpty
            for partition in member.partitions { owners[partition] = isUnique ? member.clientID : member.id }
        }
        return owners
    }

    /// Ends the connection.
    public func close() async { await reader.close() }
}

extension PartitionLag {
    /// Works in what a commit tells beside its offset, where that is of this log.
    fileprivate mutating func setLedger(_ metadata: String?) {
        guard let metadata, let committed, committed == start else { return }
        ledger = LedgerRecord(metadata: metadata, base: committed)
        finishedAhead = (ledger?.finished ?? []).reduce(0) {
            $0 + Int64($1.clamped(to: start...max(start, end - 1)).count)
        }
    }
}
