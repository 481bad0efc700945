import Jobs
import Kafka
import Logging
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct LagReaderTests {
    private let broker: EmbeddedBroker
    private let topics: TopicNames
    private let kafka: KafkaConfiguration
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        topics = try TopicNames(prefix: "t.")
        broker = try EmbeddedBroker(topics: topics.all.map { (name: $0, partitions: 2) })
        kafka = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, properties: EmbeddedBroker.sessionSettings)
    }

    @Test func lagOfAGroup() async throws {
        let reader = try LagReader(kafka: kafka, topics: topics, group: "g", logger: logger)
        let empty = try await reader.read()
        #expect(empty.totalLag == 0 && empty.lanes == topics.sources)
        #expect(empty.partitions.map(\.partition) == [0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
        #expect(empty.partitions.allSatisfy { $0.committed == nil })

        try await fill(topics.jobs, partition: 1, count: 5)
        try await fill(topics.bulkJobs, partition: 0, count: 3)
        let full = try await reader.read()
        #expect(full.partitions.prefix(4).map(\.lag) == [0, 5, 3, 0] && full.group == "g" && full.delayedLag == 0)

        try await commit(topics.jobs, partition: 1, offset: 4)
        let late = try await reader.read()
        #expect(late.partitions.prefix(4).map(\.lag) == [0, 1, 3, 0] && late.totalLag == 4)
        #expect(late.partitions.prefix(4).map(\.committed) == [nil, 4, nil, nil])
        try await fill(topics.retries(.oneHour), partition: 1, count: 2)
        let delayed = try await reader.read()
        #expect(delayed.totalLag == 6 && delayed.delayedLag == 2 && delayed.isDelayed(topics.retries(.oneHour)))
        #expect(!delayed.isDelayed(topics.jobs))
        // Another group has done nothing.
        let other = try LagReader(kafka: kafka, topics: topics, group: "other", logger: logger)
        #expect(try await other.read().totalLag == 10)
        await reader.close()
        await other.close()
    }

    /// Fleets of before have none.
    @Test func withoutRetries() async throws {
        let topics = try TopicNames(prefix: "old.")
        let broker = try EmbeddedBroker(topics: topics.lanes.map { (name: $0, partitions: 1) })
        let kafka = KafkaConfiguration(bootstrapServers: broker.bootstrapServers)
        let reader = try LagReader(kafka: kafka, topics: topics, group: "g", logger: logger)
        #expect(try await reader.read().lanes == topics.lanes)
        await reader.close()
    }

    @Test func missingTopic() async throws {
        let reader = try LagReader(kafka: kafka, topics: TopicNames(prefix: "u."), group: "g", logger: logger)
        let error = await #expect(throws: KafkaError.self) { try await reader.read() }
        #expect(error?.code == .unknownTopic && error?.message.contains("u.jobs") == true)
        await reader.close()
    }

    @Test func ownersByTheirNames() {
        func member(_ id: String, _ clientID: String, _ partition: Int32) -> KafkaGroupMember {
            KafkaGroupMember(
                id: id, clientID: clientID, host: "/h", partitions: [KafkaPartition(topic: "t", partition: partition)])
        }
        let owners = LagReader.owners([member("a-1", "a", 0), member("b-1", "b", 1), member("b-2", "b", 2)])
        #expect(owners[KafkaPartition(topic: "t", partition: 0)] == "a")
        #expect(owners[KafkaPartition(topic: "t", partition: 1)] == "b-1")
        #expect(owners[KafkaPartition(topic: "t", partition: 2)] == "b-2")
    }

    private func fill(_ topic: String, partition: Int32, count: Int) async throws {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        for _ in 0..<count { try await producer.send(topic: topic, partition: partition, key: nil, value: [1]) }
        await producer.close()
    }

    private func commit(_ topic: String, partition: Int32, offset: Int64) async throws {
        let consumer = try KafkaGroupConsumer(
            configuration: kafka, group: "g", topics: [topics.jobs], bufferLimit: 10, logger: logger)
        for try await item in consumer.records where item.record.partition == partition {
            let failures = try await consumer.commit([
                KafkaOffset(topic: topic, partition: partition, offset: offset, epoch: item.epoch)
            ])
            if let failure = failures.values.first { throw failure }
            break
        }
        await consumer.close()
    }
}
