import CRdkafka
import Testing

@testable import Kafka

@Suite struct KafkaGroupConsumerTests {
    @Test(arguments: BrokerKind.allCases)
    func commitsAreWhereTheNextMemberResumes(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind, partitions: 1)
        try await cluster.fill(10, partitions: 1)

        let first = try cluster.consumer()
        let records = try await first.records.take(4)
        #expect(records.map(\.record.number) == [0, 1, 2, 3])
        let epoch = try #require(records.first?.epoch)
        var offset = KafkaOffset(topic: cluster.topic, partition: 0, offset: 3, metadata: "3:späť", epoch: epoch)
        #expect(try await first.commit([offset]).isEmpty)
        // The same offset again, for the sake of other metadata.
        offset.metadata = "3:again"
        #expect(try await first.commit([offset]).isEmpty)
        #expect(first.owns(topic: cluster.topic, partition: 0, epoch: epoch))
        let lower = KafkaOffset(topic: cluster.topic, partition: 0, offset: 2, epoch: epoch)
        let partition = KafkaPartition(of: offset)
        #expect(try await first.commit([lower]).mapValues(\.code) == [partition: .offsetWouldGoDown])
        // One bad offset of two is named, the other is committed.
        let foreign = KafkaOffset(topic: cluster.topic, partition: 1, offset: 1)
        offset.metadata = "3:last"
        let partial = try await first.commit([foreign, offset])
        #expect(partial.mapValues(\.code) == [KafkaPartition(of: foreign): .notAssigned])
        #expect(partial.values.first?.message.contains("\(cluster.topic)[1]") == true)
        await first.close()

        let second = try cluster.consumer()
        let resumed = try await second.records.take(2)
        #expect(resumed.map(\.record.number) == [3, 4])
        offset.epoch = nil
        #expect(try await second.committed([KafkaPartition(topic: cluster.topic, partition: 0)]) == [offset])
        await second.close()

        let reader = try cluster.reader()
        #expect(try await reader.committedOffsets(group: cluster.group, topics: [cluster.topic]) == [offset])
        #expect(try await reader.committedOffsets(group: cluster.group + "-other", topics: [cluster.topic]).isEmpty)
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func membersShareAndTakeOver(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(8)
        let (firstLog, secondLog) = (RebalanceLog(), RebalanceLog())
        let first = try cluster.consumer(log: firstLog)
        let before = try await withDeadline { try await firstLog.assigned(4) }
        #expect(try await first.records.take(8).count == 8)

        let second = try cluster.consumer(log: secondLog)
        let revoked = try await withDeadline { try await firstLog.first { $0.kind == .revoked } }
        #expect(revoked.partitions == before.partitions)
        let after = try await withDeadline { try await firstLog.assigned(2) }
        let other = try await withDeadline { try await secondLog.assigned(2) }
        #expect(after.epoch > before.epoch)
        #expect(Set(after.partitions + other.partitions) == Set(before.partitions))

        // What was read before the rebalance may not be committed any more, not even where the partition came back.
        let kept = try #require(after.partitions.first)
        #expect(!first.owns(topic: kept.topic, partition: kept.partition, epoch: before.epoch))
        let outdated = KafkaOffset(topic: kept.topic, partition: kept.partition, offset: 1, epoch: before.epoch)
        #expect(try await first.commit([outdated])[kept]?.code == .notAssigned)

        await first.close()
        let all = try await withDeadline { try await secondLog.assigned(4) }
        #expect(all.partitions == before.partitions)
        await second.close()
    }

    /// Longer than the poll interval without taking a record: only the polling thread keeps the membership.
    @Test(arguments: BrokerKind.allCases)
    func slowWorkCostsNeitherMembershipNorRecords(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(60)
        let log = RebalanceLog()
        let consumer = try cluster.consumer(bufferLimit: 8, ["max.poll.interval.ms": "6000"], log: log)
        let first = try await consumer.records.take(1)
        try await Task.sleep(for: .seconds(7))
        #expect(consumer.poller.streams.buffers[0].count <= 8)
        let records = try await first + consumer.records.take(59)
        let numbers = Dictionary(grouping: records, by: \.record.partition).mapValues { $0.compactMap(\.record.number) }
        for partition in 0..<4 {
            #expect(numbers[Int32(partition)] == Array(stride(from: partition, to: 60, by: 4)))
        }
        #expect(Set(records.map(\.epoch)) == [1])
        #expect(first.allSatisfy { consumer.owns(topic: $0.record.topic, partition: $0.record.partition, epoch: 1) })
        await consumer.close()
    }

    /// Four tasks work side by side in small steps, from a buffer that is always full, while members come and go: each
    /// commits its own records at once.
    @Test(arguments: BrokerKind.allCases)
    func commitsOfManyTasksOutliveRebalances(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let count = 2000
        try await cluster.fill(count)
        let (log, otherLog) = (RebalanceLog(), RebalanceLog())
        let consumer = try cluster.consumer(bufferLimit: 8, log: log)
        let committed = CommitLog()
        let work = Task {
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { await committed.commitEach(of: consumer) } }
            }
        }
        _ = try await withDeadline { try await log.assigned(4) }
        let other = try cluster.consumer(log: otherLog)
        _ = try await withDeadline { try await otherLog.assigned(2) }
        await other.close()
        _ = try await withDeadline { try await log.assigned(4) }
        let ends = Dictionary(uniqueKeysWithValues: (0..<Int32(4)).map { ($0, Int64(count / 4)) })
        try await withDeadline {
            while committed.ends != ends { try await Task.sleep(for: .milliseconds(20)) }
        }
        await consumer.close()
        await work.value
        let reader = try cluster.reader()
        let offsets = try await reader.committedOffsets(group: cluster.group, topics: [cluster.topic])
        #expect(Dictionary(uniqueKeysWithValues: offsets.map { ($0.partition, $0.offset) }) == ends)
        await reader.close()
    }

    /// With jobs that take no time, what counts is how soon records follow: within the buffer's patience at worst, not
    /// within the second that librdkafka needs to fetch again after a pause.
    @Test(arguments: BrokerKind.allCases)
    func fullBufferDoesNotStopTheFlow(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(800)
        let consumer = try cluster.consumer(bufferLimit: 4)
        #expect(try await consumer.records.take(1).count == 1)
        // Two hundred times full and empty again: with a second each this would be far from done.
        let rest = try await withDeadline { try await consumer.records.take(799) }
        #expect(Set(rest.map { [Int64($0.record.partition), $0.record.offset] }).count == 799)
        await consumer.close()
    }

    @Test func refusedCommitIsTyped() async throws {
        let cluster = try TestCluster(partitions: 2)
        try await cluster.fill(4, partitions: 2)
        let consumer = try cluster.consumer()
        let records = try await consumer.records.take(4)
        let epoch = try #require(records.first?.epoch)
        let offsets = (0..<Int32(2)).map { KafkaOffset(topic: cluster.topic, partition: $0, offset: 2, epoch: epoch) }
        let offsetCommit: Int16 = 8
        for injected in [RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION] {
            #expect(try await consumer.commit(offsets).isEmpty)
            cluster.broker?.fail(apiKey: offsetCommit, with: [injected.rawValue])
            let errors = try await consumer.commit(offsets)
            #expect(Set(errors.keys) == Set(offsets.map(KafkaPartition.init(of:))))
            #expect(errors.values.allSatisfy { $0.code == .commitFailed && !$0.isRetriable })
            #expect(errors.values.allSatisfy { $0.brokerError == KafkaError.name(of: injected) })
        }
        await consumer.close()
    }

    @Test func joinErrorsAreRiddenOut() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let joinGroup: Int16 = 11
        cluster.broker?.fail(
            apiKey: joinGroup, with: .init(repeating: RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE.rawValue, count: 2))
        let consumer = try cluster.consumer()
        #expect(try await consumer.records.take(4).count == 4)
        await consumer.close()
    }

    @Test func lostMembershipIsReportedAndRegained() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let log = RebalanceLog()
        let consumer = try cluster.consumer(log: log)
        #expect(try await consumer.records.take(4).count == 4)
        let heartbeat: Int16 = 12
        cluster.broker?.fail(apiKey: heartbeat, with: [RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID.rawValue])
        let lost = try await withDeadline { try await log.first { $0.kind == .lost } }
        #expect(lost.partitions.count == 4)
        let again = try await withDeadline { try await log.assigned(4) }
        #expect(again.epoch > lost.epoch)
        // Nothing was committed, so everything comes once more, under the new epoch.
        let records = try await consumer.records.take(4)
        #expect(Set(records.map(\.epoch)) == [again.epoch])
        await consumer.close()
    }

    /// Not on the embedded broker, which creates whatever it is asked for by name.
    @Test func subscribingDoesNotCreateATopic() async throws {
        let cluster = try TestCluster(.external)
        try await cluster.fill(1)
        let missing = cluster.topic + "-missing"
        let consumer = try cluster.consumer(topics: [missing, cluster.topic])
        #expect(try await consumer.records.take(1).count == 1)
        let reader = try cluster.reader()
        let error = await #expect(throws: KafkaError.self) { try await reader.partitionCount(of: missing) }
        #expect(error?.code == .unknownTopic)
        await reader.close()
        await consumer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func closeEndsTheRecords(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let consumer = try cluster.consumer()
        let waiting = Task { try await consumer.records.take(1) }
        try await withDeadline { await consumer.close() }
        #expect(try await waiting.value.isEmpty)
        let error = await #expect(throws: KafkaError.self) {
            try await consumer.commit([KafkaOffset(topic: cluster.topic, partition: 0, offset: 1)])
        }
        #expect(error?.code == .closed)
        await consumer.close()
    }

    @Test func fatalErrorEndsTheRecords() async throws {
        let cluster = try TestCluster()
        let consumer = try cluster.consumer()
        let waiting = Task { try await consumer.records.take(1) }
        rd_kafka_test_fatal_error(
            try consumer.poller.handle().pointer, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID, "injected")
        let error = await #expect(throws: KafkaError.self) { try await waiting.value }
        #expect(error?.code == .fatal)
        #expect(error?.brokerError == "FENCED_INSTANCE_ID")
        try await withDeadline { await consumer.close() }
        let late = await #expect(throws: KafkaError.self) {
            try await consumer.commit([KafkaOffset(topic: cluster.topic, partition: 0, offset: 1)])
        }
        #expect(late?.code == .fatal)
    }

    @Test func closeIsBoundedWithoutABroker() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let consumer = try cluster.consumer()
        #expect(try await consumer.records.take(4).count == 4)
        cluster.broker?.setBroker(isUp: false)
        try await withDeadline(.seconds(30)) { await consumer.close(timeout: .seconds(1)) }
    }

    @Test func forgottenConsumerLeavesItsGroup() async throws {
        let cluster = try TestCluster()
        let log = RebalanceLog()
        do {
            let forgotten = try cluster.consumer()
            try await cluster.fill(4)
            #expect(try await forgotten.records.take(4).count == 4)
        }
        let consumer = try cluster.consumer(log: log)
        _ = try await withDeadline { try await log.assigned(4) }
        await consumer.close()
    }
}
