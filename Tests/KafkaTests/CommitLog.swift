import Kafka
import Synchronization
import Testing

/// Commits records one by one, from several tasks at once, and keeps what was accepted.
final class CommitLog: Sendable {
    private let offsets = Mutex<[Int32: Int64]>([:])

    /// The highest offset committed in each partition.
    var ends: [Int32: Int64] { offsets.withLock { $0 } }

    /// Takes records until the consumer is closed and commits each at once.
    func commitEach(of consumer: KafkaGroupConsumer) async {
        do {
            for try await taken in consumer.records {
                let offset = KafkaOffset(
                    topic: taken.record.topic, partition: taken.record.partition, offset: taken.record.offset + 1,
                    epoch: taken.epoch)
                if let error = try await consumer.commit([offset])[KafkaPartition(of: offset)] {
                    // Overtaken by another task, or by a rebalance.
                    let expected: [KafkaError.Code] = [.offsetWouldGoDown, .notAssigned, .commitFailed]
                    #expect(expected.contains(error.code), "\(error)")
                } else {
                    offsets.withLock { $0[offset.partition] = max($0[offset.partition] ?? 0, offset.offset) }
                }
            }
        } catch {
            Issue.record(error)
        }
    }
}
