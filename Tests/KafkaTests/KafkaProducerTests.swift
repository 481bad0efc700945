import CRdkafka
import Testing

@testable import Kafka

@Suite struct KafkaProducerTests {
    @Test(arguments: BrokerKind.allCases)
    func acknowledgedOffsetsCountUp(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer()
        for offset in 0..<Int64(5) {
            let position = try await producer.send(topic: cluster.topic, partition: 2, key: [1], value: [2])
            #expect(position == (2, offset))
        }
        await producer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func manyTasksSendAtOnce(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer()
        let positions = try await withThrowingTaskGroup { group in
            for number in 0..<2000 {
                group.addTask {
                    let key = Array("\(number)".utf8)
                    let (partition, offset) = try await producer.send(topic: cluster.topic, key: key, value: key)
                    return KafkaOffset(topic: cluster.topic, partition: partition, offset: offset)
                }
            }
            return try await group.reduce(into: Set<KafkaOffset>()) { $0.insert($1) }
        }
        #expect(positions.count == 2000)
        await producer.close()
    }

    /// Hashes of `org.apache.kafka.common.utils.Utils.murmur2`, as Kafka's own tests list them.
    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
        ("a-little-bit-longer-string", -1_486_304_829), ("abc", 479_470_107),
    ])
    func keysGoWhereJavaPutsThem(key: String, hash: Int32) async throws {
        let cluster = try TestCluster(partitions: 16)
        let producer = try cluster.producer()
        let position = try await producer.send(topic: cluster.topic, key: Array(key.utf8), value: nil)
        #expect(position.partition == (hash & Int32.max) % 16)
        await producer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func fullQueueHoldsSendersBack(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer(["queue.buffering.max.messages": "5"])
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 {
                group.addTask { _ = try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1]) }
            }
            try await group.waitForAll()
        }
        let last = try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1])
        #expect(last.offset == 100)
        await producer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func batchIsAcknowledgedInItsOrder(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer()
        let headers = [KafkaHeader(key: "lane", value: "bulk")]
        let records = (0..<3000).map {
            KafkaProducerRecord(
                topic: cluster.topic, partition: Int32($0 % 3), key: [1], value: Array("\($0)".utf8), headers: headers)
        }
        let positions = try await producer.send(records)
        #expect(positions.map(\.partition) == records.map(\.partition))
        #expect(positions.map(\.offset) == (0..<3000).map { Int64($0 / 3) })
        #expect(try await producer.send([]).isEmpty)
        await producer.close()
        let reader = try cluster.reader()
        let sequence = try await reader.read(topic: cluster.topic, from: [1: 0], until: .currentEnd)
        let read = try await sequence.take(.max)
        #expect(read.map(\.number) == Array(stride(from: 1, to: 3000, by: 3)))
        #expect(Set(read.map(\.headers)) == [headers])
        await reader.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func batchMayBeLargerThanTheQueue(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer(["queue.buffering.max.messages": "5"])
        let record = KafkaProducerRecord(topic: cluster.topic, partition: 0, key: nil, value: [1])
        let positions = try await withDeadline { try await producer.send(Array(repeating: record, count: 100)) }
        #expect(positions.map(\.offset) == Array(0..<100))
        await producer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func batchFailsWithItsFirstFailure(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer(["message.max.bytes": "1000"])
        // Makes the partitions known: before that, a wrong one is accepted and fails later.
        try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [0])
        let values: [[UInt8]] = [[1], Array(repeating: 2, count: 2000), [3]]
        let records = values.map { KafkaProducerRecord(topic: cluster.topic, partition: 0, key: nil, value: $0) }
        let error = await #expect(throws: KafkaError.self) { try await producer.send(records) }
        #expect(error?.code == .messageTooLarge)
        // What came before it was written, what comes after it was not.
        let next = try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [4])
        #expect(next.offset == 2)
        await producer.close()
    }

    @Test func tooLargeRecordIsRefused() async throws {
        let cluster = try TestCluster()
        let producer = try cluster.producer()
        let error = await #expect(throws: KafkaError.self) {
            try await producer.send(topic: cluster.topic, key: nil, value: [UInt8](repeating: 0, count: 1_100_000))
        }
        #expect(error?.code == .messageTooLarge)
        #expect(error?.message.contains(cluster.topic) == true)
        await producer.close()
    }

    @Test(arguments: BrokerKind.allCases)
    func unknownPartitionIsRefused(kind: BrokerKind) async throws {
        let cluster = try TestCluster(kind)
        let producer = try cluster.producer()
        let error = await #expect(throws: KafkaError.self) {
            try await producer.send(topic: cluster.topic, partition: 99, key: nil, value: [1])
        }
        #expect(error?.code == .unknownPartition)
        await producer.close()
    }

    @Test func transientErrorsAreRetried() async throws {
        let cluster = try TestCluster()
        let produce: Int16 = 0
        cluster.broker?.fail(
            apiKey: produce, with: .init(repeating: RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION.rawValue, count: 3))
        let producer = try cluster.producer()
        let position = try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1])
        #expect(position == (0, 0))
        await producer.close()
    }

    @Test func permanentErrorsAreTyped() async throws {
        let cluster = try TestCluster()
        let produce: Int16 = 0
        cluster.broker?.fail(apiKey: produce, with: [RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED.rawValue])
        let producer = try cluster.producer()
        let error = await #expect(throws: KafkaError.self) {
            try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1])
        }
        #expect(error?.code == .authorization)
        #expect(error?.brokerError == "TOPIC_AUTHORIZATION_FAILED")
        await producer.close()
    }

    @Test func lateRecordTimesOut() async throws {
        let cluster = try TestCluster()
        cluster.broker?.setBroker(isUp: false)
        let producer = try cluster.producer(["message.timeout.ms": "1000"])
        let error = await #expect(throws: KafkaError.self) {
            try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1])
        }
        #expect(error?.code == .timedOut)
        #expect(error?.isRetriable == true)
        await producer.close(timeout: .seconds(1))
    }

    @Test func cancelledSendReturns() async throws {
        let cluster = try TestCluster()
        cluster.broker?.setBroker(isUp: false)
        let producer = try cluster.producer()
        let send = Task { try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1]) }
        send.cancel()
        await #expect(throws: CancellationError.self) { try await send.value }
        await producer.close(timeout: .milliseconds(100))
    }

    @Test func cancelledBatchReturns() async throws {
        let cluster = try TestCluster()
        cluster.broker?.setBroker(isUp: false)
        let producer = try cluster.producer(["queue.buffering.max.messages": "5"])
        let record = KafkaProducerRecord(topic: cluster.topic, partition: 0, key: nil, value: [1])
        let send = Task { try await producer.send(Array(repeating: record, count: 100)) }
        send.cancel()
        await #expect(throws: CancellationError.self) { try await withDeadline { try await send.value } }
        await producer.close(timeout: .milliseconds(100))
        let error = await #expect(throws: KafkaError.self) { try await producer.send([record]) }
        #expect(error?.code == .closed)
    }

    @Test func closeIsBoundedAndFailsWhatIsLeft() async throws {
        let cluster = try TestCluster()
        cluster.broker?.setBroker(isUp: false)
        let producer = try cluster.producer()
        let send = Task { try await producer.send(topic: cluster.topic, partition: 0, key: nil, value: [1]) }
        let unflushed = await #expect(throws: KafkaError.self) {
            // Until the record is handed over there is nothing to flush.
            try await withDeadline { () async throws -> Void in
                while true {
                    try await producer.flush(timeout: .milliseconds(300))
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
        }
        #expect(unflushed?.code == .timedOut)
        try await withDeadline { await producer.close(timeout: .milliseconds(300)) }
        let error = await #expect(throws: KafkaError.self) { try await send.value }
        #expect(error?.code == .closed)
        let late = await #expect(throws: KafkaError.self) {
            try await producer.send(topic: cluster.topic, key: nil, value: nil)
        }
        #expect(late?.code == .closed)
    }
}
