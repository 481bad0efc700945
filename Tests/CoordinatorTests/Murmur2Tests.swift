import Kafka
import Logging
import Testing

@testable import Coordinator

@Suite(.timeLimit(.minutes(5))) struct Murmur2Tests {
    /// Keys of all lengths lie where a producer puts them.
    @Test func partitionsAreTheProducers() async throws {
        let broker = try EmbeddedBroker(topics: [(name: "t", partitions: 7)])
        let producer = try KafkaProducer(
            configuration: KafkaConfiguration(bootstrapServers: broker.bootstrapServers), logger: Logger(label: "test"))
        for length in 1...40 {
            let key = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length * 101) }
            let (partition, _) = try await producer.send(topic: "t", key: key, value: [])
            #expect(Murmur2.partition(of: key, count: 7) == partition)
        }
        await producer.close()
        #expect(Murmur2.partition(of: [1], count: 0) == nil)
    }
}
