import CRdkafka
import Testing

@testable import Kafka

@Suite struct KafkaReaderTests {
    @Test(arguments: BrokerKind.allCases)
    func recordsComeBackAsTheyWere(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind, partitions: 1)
        let producer = try cluster.producer()
        let headers = [
            KafkaHeader(key: "trace", value: "a"), KafkaHeader(key: "trace", value: "b"),
            KafkaHeader(key: "null", value: nil), KafkaHeader(key: "empty", value: []),
        ]
        let sent: [(key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader])] = [
            (Array("id".utf8), [0, 1, 255], headers),
            (nil, [1], []),
            ([], [], []),
            ([7], nil, [KafkaHeader(key: "reason", value: "tombstone")]),
        ]
        for (key, value, headers) in sent {
            try await producer.send(topic: cluster.topic, key: key, value: value, headers: headers)
        }
        await producer.close()

        let reader = try cluster.reader()
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 0], until: .currentEnd)
        let records = try await sequence.take(.max)
        #expect(records.map(\.offset) == [0, 1, 2, 3])
        #expect(records.map(\.key) == sent.map(\.key))
        #expect(records.map(\.value) == sent.map(\.value))
        #expect(records.map(\.headers) == sent.map(\.headers))
        #expect(records.allSatisfy { ($0.timestampMilliseconds ?? 0) > 1_600_000_000_000 })
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func readEndsAtTheEndKnownAtTheStart(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(400)
        let reader = try cluster.reader()
        #expect(try await reader.partitionCount(of: cluster.topic) == 4)
        #expect(try await reader.watermarks(topic: cluster.topic, partition: 1) == (0, 100))
        // A buffer that is much smaller than the topic; partition 3 has nothing to give.
        let sequence = try await reader.read(
            topic: cluster.topic, from: [0: 0, 1: 50, 2: 99, 3: 100], until: .currentEnd, bufferLimit: 7)
        try await cluster.fill(40)
        let records = try await sequence.take(.max)
        let offsets = Dictionary(grouping: records, by: \.partition).mapValues { $0.map(\.offset) }
        #expect(offsets == [0: Array(0..<100), 1: Array(50..<100), 2: [99]])
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func readTailsUntilItIsLeft(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(8)
        let reader = try cluster.reader()
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 0, 1: 1], until: .never)
        #expect(Set(try await sequence.take(3).map(\.number)) == [0, 4, 5])
        try await cluster.fill(4)
        #expect(Set(try await sequence.take(2).map(\.number)) == [0, 1])
        let waiting = Task { try await sequence.take(1) }
        waiting.cancel()
        #expect(try await waiting.value.isEmpty)
        await reader.close()
        #expect(try await sequence.take(1).isEmpty)
    }

    @Test(arguments: BrokerKind.allCases)
    func batchesHoldEveryRecordOnce(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        try await cluster.fill(4000)
        let reader = try cluster.reader()
        let sequence = try await reader.read(
            topic: cluster.topic, from: [0: 0, 1: 0, 2: 0, 3: 10], until: .currentEnd, bufferLimit: 100)
        var offsets: [Int32: [Int64]] = [:]
        for try await batch in sequence.batches {
            #expect((1...100).contains(batch.count))
            for record in batch { offsets[record.partition, default: []].append(record.offset) }
        }
        let all = Array(Int64(0)..<1000)
        #expect(offsets == [0: all, 1: all, 2: all, 3: Array(all[10...])])
        await reader.close()
        let later = try await withDeadline { try await sequence.batches.first { _ in true } }
        #expect(later == nil)
    }

    @Test(arguments: BrokerKind.allCases)
    func watermarksOfAllPartitions(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind, partitions: 64)
        try await cluster.fill(100, partitions: 64)
        let reader = try cluster.reader()
        let watermarks = try await reader.watermarks(of: cluster.topic)
        #expect(watermarks.count == 64)
        for (partition, (low, high)) in watermarks {
            #expect(low == 0)
            #expect(high == (partition < 36 ? 2 : 1))
        }
        let error = await #expect(throws: KafkaError.self) {
            try await reader.read(topic: cluster.topic, from: [64: 0], until: .currentEnd)
        }
        #expect(error?.code == .unknownPartition)
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func brokersAreDescribed(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let reader = try cluster.reader()
        let description = try await reader.brokerDescription
        #expect(description.clusterID?.isEmpty == false)
        let addresses = description.brokers.map { "\($0.host):\($0.port)" }
        #expect(addresses == [cluster.configuration.bootstrapServers])
        await reader.close()
    }

    @Test func embeddedBrokerDoesNotDescribeGroups() async throws {
        let cluster = try TestCluster()
        let reader = try cluster.reader()
        #expect(try await reader.groupMembers(of: cluster.group) == nil)
        // The question does no harm to what is asked after it.
        #expect(try await reader.partitionCount(of: cluster.topic) == 4)
        try await withDeadline(.seconds(20)) { await reader.close(timeout: .seconds(30)) }
    }

    @Test func groupsAreDescribed() async throws {
        let cluster = try TestCluster(.external)
        try await cluster.fill(4)
        let reader = try cluster.reader()
        #expect(try await reader.groupMembers(of: cluster.group) == [])
        let consumer = try cluster.consumer(["client.id": "worker-7"])
        #expect(try await consumer.records.take(4).count == 4)
        let members = try #require(try await reader.groupMembers(of: cluster.group))
        #expect(members.map(\.clientID) == ["worker-7"])
        #expect(members.map(\.partitions) == [(0..<4).map { KafkaPartition(topic: cluster.topic, partition: $0) }])
        #expect(members.allSatisfy { !$0.id.isEmpty && !$0.host.isEmpty })
        await consumer.close()
        await reader.close()
    }

    /// The embedded broker keeps 5 MB per partition and drops the oldest.
    @Test func offsetThatIsGoneMeansTheFirstOne() async throws {
        let cluster = try TestCluster(partitions: 1)
        let producer = try cluster.producer()
        for _ in 0..<12 {
            try await producer.send(topic: cluster.topic, key: nil, value: [UInt8](repeating: 1, count: 900_000))
        }
        await producer.close()
        let reader = try cluster.reader()
        let (low, high) = try await reader.watermarks(topic: cluster.topic, partition: 0)
        #expect(low > 0)
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 0], until: .currentEnd)
        #expect(try await sequence.take(.max).map(\.offset) == Array(low..<high))
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func offsetPastTheEndMeansThatTheLogWasLost(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind, partitions: 1)
        try await cluster.fill(3, partitions: 1)
        let (logger, lines) = LogCollector.make()
        let reader = try KafkaReader(configuration: cluster.configuration, logger: logger)
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 40], until: .currentEnd)
        #expect(try await sequence.take(.max).map(\.offset) == [0, 1, 2])
        let words = ["\(cluster.topic)[0]", "offset 40", "from 0 up to 3"]
        #expect(lines.texts().contains { text in words.allSatisfy(text.contains) })
        await reader.close()
    }

    /// A partition that has lost its leader for good, which nobody else tells.
    @Test func boundedReadDoesNotWaitForEver() async throws {
        let cluster = try TestCluster(partitions: 2)
        try await cluster.fill(4, partitions: 2)
        var configuration = cluster.configuration
        configuration.requestTimeout = .seconds(1)
        let reader = try KafkaReader(configuration: configuration, logger: .silent)
        let fetch: Int16 = 1
        cluster.broker?.fail(
            apiKey: fetch, with: .init(repeating: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION.rawValue, count: 10_000))
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 0, 1: 1], until: .currentEnd)
        let error = await #expect(throws: KafkaError.self) { try await sequence.take(1) }
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("\(cluster.topic)[0] at 0, \(cluster.topic)[1] at 1") == true)
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func askingDoesNotCreateATopic(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let reader = try cluster.reader()
        let missing = cluster.topic + "-missing"
        for _ in 0..<2 {
            let error = await #expect(throws: KafkaError.self) { try await reader.partitionCount(of: missing) }
            #expect(error?.code == .unknownTopic)
            #expect(error?.message.contains(missing) == true)
            await #expect(throws: KafkaError.self) { try await reader.watermarks(topic: missing, partition: 0) }
            await #expect(throws: KafkaError.self) {
                try await reader.read(topic: missing, from: [0: 0], until: .currentEnd)
            }
            await #expect(throws: KafkaError.self) {
                try await reader.committedOffsets(group: "none", topics: [missing])
            }
        }
        let error = await #expect(throws: KafkaError.self) {
            try await reader.watermarks(topic: cluster.topic, partition: 4)
        }
        #expect(error?.code == .unknownPartition)
        await reader.close()
    }

    @Test func unreachableBrokerIsNamed() async throws {
        let servers = try EmbeddedBroker(topics: []).bootstrapServers
        let reader = try KafkaReader(
            configuration: KafkaConfiguration(bootstrapServers: servers, requestTimeout: .seconds(1)), logger: .silent)
        let error = await #expect(throws: KafkaError.self) { try await reader.partitionCount(of: "jobs") }
        #expect(error?.code == .brokerUnreachable)
        #expect(error?.isRetriable == true)
        #expect(error?.message.contains(servers) == true)
        await reader.close()
        let late = await #expect(throws: KafkaError.self) { try await reader.partitionCount(of: "jobs") }
        #expect(late?.code == .closed)
    }

    @Test func readEndsWithAnErrorWhenTheBrokersStayAway() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        var configuration = cluster.configuration
        configuration.requestTimeout = .seconds(2)
        let reader = try KafkaReader(configuration: configuration, logger: .silent)
        let sequence = try await reader.read(topic: cluster.topic, from: [0: 0], until: .never)
        #expect(try await sequence.take(1).count == 1)
        cluster.broker?.setBroker(isUp: false)
        let error = await #expect(throws: KafkaError.self) { try await sequence.take(1) }
        #expect(error?.code == .brokerUnreachable)
        await reader.close()
    }
}
