import Kafka
import Testing

@Suite struct EmbeddedBrokerTests {
    @Test func topicsSpreadOverBrokers() async throws {
        let broker = try EmbeddedBroker(topics: [("jobs", 16), ("results", 3)], brokers: 3)
        #expect(broker.bootstrapServers.split(separator: ",").count == 3)
        let configuration = KafkaConfiguration(
            bootstrapServers: broker.bootstrapServers, properties: EmbeddedBroker.sessionSettings)
        let reader = try KafkaReader(configuration: configuration, logger: .silent)
        #expect(try await reader.partitionCount(of: "jobs") == 16)
        #expect(try await reader.partitionCount(of: "results") == 3)
        await reader.close()
    }

    @Test func badTopicIsRefused() {
        #expect(throws: KafkaError.self) { try EmbeddedBroker(topics: [("jobs", 0)]) }
        #expect(throws: KafkaError.self) { try EmbeddedBroker(topics: [], brokers: 0) }
    }
}
