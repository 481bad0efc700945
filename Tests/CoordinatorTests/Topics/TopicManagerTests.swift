import Coordinator
import Foundation
import Jobs
import Kafka
import Logging
import Testing

@Suite(.timeLimit(.minutes(5))) struct TopicManagerTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func createsWhatIsMissingAndEnlargesTheRest() async throws {
        let manager = TopicManager(
            kafka: KafkaConfiguration(bootstrapServers: try ExternalBroker.address()), logger: logger)
        let topics = try TopicNames(prefix: "topics-\(UUID().uuidString.lowercased()).")
        let small = TopicLayout(topics: topics, partitions: 2)
        let all = try await manager.inspect(topics).changes(towards: small)
        #expect(all.map(\.topic) == topics.all)
        // Half of it, as if somebody had been interrupted.
        try await manager.apply(Array(all.prefix(4)))
        try await manager.apply(all)
        #expect(try await manager.inspect(topics).findings.allSatisfy { $0.problem == nil })
        #expect(try await manager.inspect(topics).changes(towards: small).isEmpty)

        let large = try await manager.inspect(topics).changes(towards: TopicLayout(topics: topics, partitions: 3))
        #expect(large.map(\.topic) == TopicLayout.equallyPartitioned(topics))
        try await manager.apply(large)
        let findings = try await manager.inspect(topics).findings
        #expect(findings.prefix(6).allSatisfy { $0.partitions == 3 && $0.problem == nil })
    }

    @Test func brokerWithoutAdministration() async throws {
        let topics = try TopicNames()
        let broker = try EmbeddedBroker(topics: [(name: topics.jobs, partitions: 2)])
        let manager = TopicManager(
            kafka: KafkaConfiguration(bootstrapServers: broker.bootstrapServers), logger: logger)
        let changes = try await manager.inspect(topics).changes(towards: TopicLayout(topics: topics, partitions: 2))
        #expect(changes.map(\.topic) == Array(topics.all.dropFirst()))
        let error = await #expect(throws: KafkaError.self) { try await manager.apply(changes) }
        #expect(error?.code == .notSupported)
    }

    @Test func unreachableBroker() async throws {
        let manager = TopicManager(
            kafka: KafkaConfiguration(bootstrapServers: "127.0.0.1:1", requestTimeout: .seconds(1)), logger: logger)
        let error = await #expect(throws: KafkaError.self) { try await manager.inspect(TopicNames()) }
        #expect(error?.code == .brokerUnreachable)
    }
}
