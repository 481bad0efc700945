import Jobs
import Kafka
import Logging
import Synchronization

/// Reads the topics into the index, each on a client of its own, from where the index ends.
final class IndexFollower: Sendable {
    private let index: JobIndex
    private let reader: KafkaReader
    private let followers: [KafkaFollower]
    private let logger: Logger
    /// The partitions that are followed, by topic.
    private let following = Mutex<[Int: Set<Int32>]>([:])
    /// Where the partitions ended when they were last looked at.
    private let ends = Mutex<[IndexedPartition: Int64]>([:])
    /// How often to look for partitions that were added, and for logs that were lost.
    private static let lookInterval = Duration.seconds(15)

    init(index: JobIndex, kafka: KafkaConfiguration, logger: Logger) throws {
        self.index = index
        self.logger = logger
        reader = try KafkaReader(configuration: kafka, logger: logger)
        // Who submits waits for the index. The embedded broker answers a fetch no earlier than this.
        var kafka = kafka
        kafka.properties["fetch.wait.max.ms"] = kafka.properties["fetch.wait.max.ms"] ?? "50"
        followers = try index.topics.names.enumerated().map { number, topic in
            try KafkaFollower(configuration: kafka, topic: topic, logger: logger) { records in
                index.add(records, topic: number)
            }
        }
    }

    /// Begins to follow, and returns when all that is there is worked in.
    /// - Throws: `KafkaError`; `CancellationError`.
    func start() async throws { try await look() }

    /// Looks from time to time for partitions that were added, until the task is cancelled.
    /// - Parameter isReachable: told whether the brokers answer.
    func keepLooking(isReachable: @Sendable (Bool) -> Void) async {
        while (try? await Task.sleep(for: Self.lookInterval)) != nil {
            do {
                try await look()
                isReachable(true)
            } catch is CancellationError {
                return
            } catch {
                // After the request time-out: they are away for longer than a moment.
                isReachable(false)
                logger.warning("can't look for new partitions", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Records that were there when they were last looked at, and are not in the index.
    var recordsBehind: Int64 {
        let applied = index.waiters.applied.offsets
        return ends.withLock { ends in ends.reduce(0) { $0 + max(0, $1.value - (applied[$1.key] ?? 0)) } }
    }

    /// Ends it.
    func close() async {
        for follower in followers { await follower.close(timeout: .seconds(2)) }
        await reader.close(timeout: .seconds(2))
    }

    private func look() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, topic) in index.topics.names.enumerated() {
                group.addTask { [self] in try await look(at: topic, number) }
            }
            try await group.waitForAll()
        }
    }

    private func look(at topic: String, _ number: Int) async throws {
        let known = following.withLock { $0[number] ?? [] }
        let applied = index.waiters.applied.offsets
        let ranges: [Int32: (low: Int64, high: Int64)]
        do {
            ranges = try await reader.watermarks(of: topic)
        } catch let error as KafkaError where error.code == .unknownTopic && index.topics.kind(of: number) == .retries {
            // Fleets that were set up before there were retries have no topics for them.
            return
        }
        ends.withLock { ends in
            for (partition, range) in ranges {
                ends[IndexedPartition(topic: number, partition: partition)] = range.high
            }
        }
        // A log that is shorter than what was read of it was lost: the follower goes on at its beginning by itself.
        let wanted = ranges.filter { partition, range in
            !known.contains(partition)
                || applied[IndexedPartition(topic: number, partition: partition)] ?? 0 > range.high
        }
        guard !wanted.isEmpty else { return }
        let starts = try await index.prepare(wanted, topic: number)
        _ = try await followers[number].follow(starts.filter { !known.contains($0.key) })
        following.withLock { $0[number] = known.union(starts.keys) }
    }
}
