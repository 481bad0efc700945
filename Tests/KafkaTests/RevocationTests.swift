import Foundation
import Synchronization
import Testing

@testable import Kafka

/// The last commit of partitions that are given up.
@Suite struct RevocationTests {
    /// A handler that commits the same offset for all partitions last, and remembers how that went.
    private final class LastCommit: Sendable {
        private let state = Mutex<[[KafkaPartition: KafkaError]]>([])
        private let offset: Int64
        let log = RebalanceLog()

        init(offset: Int64) { self.offset = offset }

        /// The errors of each revocation.
        var failures: [[KafkaPartition: KafkaError]] { state.withLock { $0 } }

        /// The codes of these errors.
        var codes: [[KafkaPartition: KafkaError.Code]] { failures.map { $0.mapValues(\.code) } }

        func handler(
            whileRevoking: @escaping @Sendable () -> Void = {}, _ whileRevoked: @escaping @Sendable () -> Void = {}
        ) -> KafkaRebalanceHandler {
            var handler = log.handler
            let (revoking, revoked) = (handler.revoking, handler.revoked)
            handler.revoking = { [offset] partitions, epoch in
                _ = revoking(partitions, epoch)
                whileRevoking()
                return partitions.map {
                    KafkaOffset(
                        topic: $0.topic, partition: $0.partition, offset: offset, metadata: "last", epoch: epoch)
                }
            }
            handler.revoked = { [self] partitions, epoch, failures in
                state.withLock { $0.append(failures) }
                whileRevoked()
                revoked(partitions, epoch, failures)
            }
            return handler
        }
    }

    private func streams(_ cluster: TestCluster) -> [KafkaStream] {
        [KafkaStream(topics: [cluster.topic], bufferLimit: 100)]
    }

    @Test(arguments: BrokerKind.allCases)
    func lastOffsetsAreCommittedOnLeaving(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(40)
        let last = LastCommit(offset: 7)
        let consumer = try cluster.consumer(streams: streams(cluster), rebalance: last.handler())
        #expect(try await consumer.records.take(40).count == 40)
        await consumer.close()
        #expect(last.codes == [[:]])
        let reader = try cluster.reader()
        let committed = try await reader.committedOffsets(group: cluster.group, topics: [cluster.topic])
        #expect(committed.map(\.offset) == [7, 7, 7, 7])
        #expect(Set(committed.map(\.metadata)) == ["last"])
        await reader.close()
    }

    /// Both brokers refuse commits while a group is being joined, which others don't. The next owner has to wait until the
    /// revocation is through.
    @Test(arguments: BrokerKind.allCases)
    func refusedLastOffsetsAreReported(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(40)
        let last = LastCommit(offset: 7)
        let isRevoked = SharedFlag()
        let handler = last.handler {
            Thread.sleep(forTimeInterval: 1)
            isRevoked.raise()
        }
        let consumer = try cluster.consumer(streams: streams(cluster), rebalance: handler)
        let epoch = try await consumer.records.take(40).first?.epoch
        let wasRevoked = SharedFlag()
        let other = try cluster.consumer(
            streams: streams(cluster),
            rebalance: KafkaRebalanceHandler(assigned: { partitions, _ in
                if !partitions.isEmpty, isRevoked.value { wasRevoked.raise() }
            }))
        #expect(try await other.records.take(20).count == 20)
        #expect(wasRevoked.value)
        let failures = try #require(last.failures.first)
        #expect(failures.count == 4)
        #expect(failures.values.allSatisfy { $0.code == .commitFailed && $0.brokerError != nil })
        let late = KafkaOffset(topic: cluster.topic, partition: 0, offset: 9, epoch: epoch)
        #expect(try await consumer.commit([late])[KafkaPartition(of: late)]?.code == .notAssigned)
        await other.close()
        await consumer.close()
    }

    @Test func lastCommitIsBounded() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(40)
        let last = LastCommit(offset: 7)
        let broker = cluster.broker
        let consumer = try cluster.consumer(
            streams: streams(cluster),
            rebalance: last.handler(whileRevoking: { broker?.setRoundTripTime(.seconds(20)) }))
        #expect(try await consumer.records.take(40).count == 40)
        let start = ContinuousClock.now
        await consumer.close(timeout: .seconds(6))
        #expect(.now - start < .seconds(15))
        let all = (0..<Int32(4)).map { KafkaPartition(topic: cluster.topic, partition: $0) }
        #expect(last.codes == [Dictionary(uniqueKeysWithValues: all.map { ($0, .timedOut) })])
    }

    /// A commit that is under way when partitions are revoked ends before the last offsets are committed, which may not
    /// undo it.
    @Test func commitUnderWayComesBeforeTheLastOne() async throws {
        let cluster = try TestCluster(partitions: 2)
        try await cluster.fill(40, partitions: 2)
        let last = LastCommit(offset: 7)
        let consumer = try cluster.consumer(streams: streams(cluster), rebalance: last.handler())
        #expect(try await consumer.records.take(40).count == 40)
        cluster.broker?.setRoundTripTime(.seconds(1))
        let offset = KafkaOffset(topic: cluster.topic, partition: 0, offset: 9)
        let commit = Task { try await consumer.commit([offset]) }
        try await Task.sleep(for: .milliseconds(300))
        await consumer.close()
        #expect(try await commit.value.isEmpty)
        #expect(last.codes == [[KafkaPartition(of: offset): .offsetWouldGoDown]])
    }
}
