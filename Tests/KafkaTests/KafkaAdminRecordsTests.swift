import Kafka
import Testing

@Suite struct KafkaAdminRecordsTests {
    @Test func firstRecordsAreDeleted() async throws {
        let cluster = try TestCluster(.external)
        try await cluster.fill(20)
        let admin = try cluster.admin()
        let reader = try cluster.reader()
        try await admin.deleteRecords(of: cluster.topic, before: [:])
        try await admin.deleteRecords(of: cluster.topic, before: [0: 3, 2: 5])
        let watermarks = try await reader.watermarks(of: cluster.topic)
        #expect((0..<4).map { watermarks[$0]?.low } == [3, 0, 5, 0])
        #expect((0..<4).allSatisfy { watermarks[$0]?.high == 5 })
        var numbers: [Int?] = []
        for try await record in try await reader.read(topic: cluster.topic, from: [0: 0], until: .currentEnd) {
            numbers.append(record.number)
        }
        #expect(numbers == [12, 16])

        let topic = cluster.topic + "-missing"
        let missing = await #expect(throws: KafkaError.self) {
            try await admin.deleteRecords(of: topic, before: [0: 1])
        }
        #expect(missing?.code == .unknownTopic && missing?.message.contains(topic) == true)
        let partition = await #expect(throws: KafkaError.self) {
            try await admin.deleteRecords(of: cluster.topic, before: [4: 1])
        }
        #expect(partition?.code == .unknownPartition)
        await reader.close()
        await admin.close()
    }

    @Test func embeddedBrokerCannotDoIt() async throws {
        let cluster = try TestCluster()
        try await cluster.fill(4)
        let admin = try cluster.admin()
        let error = await #expect(throws: KafkaError.self) {
            try await admin.deleteRecords(of: cluster.topic, before: [0: 1])
        }
        #expect(error?.code == .notSupported, "\(String(describing: error))")
        await admin.close()
    }
}
