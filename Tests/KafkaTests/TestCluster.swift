import Foundation
import Logging
import Testing

@testable import Kafka

/// The brokers that the client is tried on: librdkafka's mock cluster in this process, and, where
/// `DRAGOMAN_TEST_BROKER` names one, an independent implementation.
enum BrokerKind: String, CaseIterable, Sendable {
    case embedded
    case external
}

/// A cluster with a topic for one test, and another one for those who need two.
struct TestCluster: Sendable {
    let configuration: KafkaConfiguration
    let topic: String
    let otherTopic: String
    let group: String
    /// Present on the embedded kind.
    let broker: EmbeddedBroker?

    init(
        _ kind: BrokerKind = .embedded, partitions: Int = 4, properties: [String: String] = [:]
    ) throws {
        let name = UUID().uuidString.lowercased()
        topic = "topic-\(name)"
        otherTopic = "other-\(name)"
        group = "group-\(name)"
        let servers: String
        switch kind {
        case .embedded:
            let broker = try EmbeddedBroker(topics: [(topic, partitions), (otherTopic, partitions)])
            self.broker = broker
            servers = broker.bootstrapServers
        case .external:
            broker = nil
            servers = try Self.externalBroker()
        }
        // The shortest session that brokers allow by default.
        let session = ["session.timeout.ms": "6000", "heartbeat.interval.ms": "500"]
        configuration = KafkaConfiguration(
            bootstrapServers: servers, properties: session.merging(properties) { $1 }, requestTimeout: .seconds(30))
        guard kind == .external else { return }
        try create([topic, otherTopic].map { KafkaTopicPlan(name: $0, partitions: partitions) })
    }

    /// Where the external broker is. Without one a test is skipped, which does not do where nothing may be left out.
    private static func externalBroker() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        if let address = environment["DRAGOMAN_TEST_BROKER"] { return address }
        guard environment["CI"] == nil else {
            throw KafkaError(.configuration, "CI is set but DRAGOMAN_TEST_BROKER is not: no broker test may be skipped")
        }
        try Test.cancel("DRAGOMAN_TEST_BROKER is not set")
    }

    private func create(_ topics: [KafkaTopicPlan]) throws {
        let properties = ClientProperties(kind: .admin, configuration: configuration)
        let handle = try ClientHandle(properties, context: ClientContext(logger: .silent))
        for case let error? in try handle.createTopics(topics, configuration).values { throw error }
    }

    func admin() throws -> KafkaAdmin {
        try KafkaAdmin(configuration: configuration, logger: .silent)
    }

    func producer(_ properties: [String: String] = [:]) throws -> KafkaProducer {
        try KafkaProducer(configuration: configuration(properties), logger: .silent)
    }

    func reader() throws -> KafkaReader {
        try KafkaReader(configuration: configuration, logger: .silent)
    }

    func consumer(
        bufferLimit: Int = 100, _ properties: [String: String] = [:], topics: [String]? = nil,
        log: RebalanceLog = RebalanceLog()
    ) throws -> KafkaGroupConsumer {
        try KafkaGroupConsumer(
            configuration: configuration(properties), group: group, topics: topics ?? [topic],
            bufferLimit: bufferLimit, logger: .silent, rebalance: log.handler)
    }

    func consumer(
        streams: [KafkaStream], startsPaused: Bool = false, _ properties: [String: String] = [:],
        rebalance: KafkaRebalanceHandler
    ) throws -> KafkaGroupConsumer {
        try KafkaGroupConsumer(
            configuration: configuration(properties), group: group, streams: streams, startsPaused: startsPaused,
            logger: .silent, rebalance: rebalance)
    }

    /// Writes numbered records, round robin over the partitions.
    func fill(_ count: Int, partitions: Int = 4, topic: String? = nil) async throws {
        let producer = try producer()
        let records = (0..<count).map { number in
            KafkaProducerRecord(
                topic: topic ?? self.topic, partition: Int32(number % partitions), key: nil,
                value: Array("\(number)".utf8))
        }
        try await producer.send(records)
        await producer.close()
    }

    private func configuration(_ properties: [String: String]) -> KafkaConfiguration {
        var configuration = configuration
        configuration.properties.merge(properties) { $1 }
        return configuration
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension KafkaRecord {
    /// The number that ``TestCluster/fill(_:partitions:)`` wrote.
    var number: Int? { value.flatMap { Int(String(decoding: $0, as: UTF8.self)) } }
}
