import CRdkafka
import Logging

/// A broker inside this process, for trying things out and for tests: librdkafka's mock cluster, listening on loopback.
/// Other processes may connect to it.
///
/// It keeps everything in memory, at most 5 MB or 100,000 records per partition, and knows no administration,
/// transactions or security. All is gone when the object is.
///
/// `@unchecked`: the pointers never change, and the mock cluster may be used by several threads at once.
public final class EmbeddedBroker: @unchecked Sendable {
    /// Settings that its clients should use. A rebalance on this broker lasts as long as the session timeout less a
    /// second, so the usual 45 s would leave a group idle for long.
    public static let sessionSettings: [String: String] = [
        "session.timeout.ms": "6000",
        "heartbeat.interval.ms": "1000",
    ]

    /// `host:port` of each broker, separated by commas.
    public let bootstrapServers: String

    private let host: ClientHandle
    private let cluster: OpaquePointer

    /// Starts brokers on free ports of the loopback interface.
    /// - Parameter topics: Made at the start. One that a producer writes to without its being there gets 4 partitions.
    /// - Throws: ``KafkaError`` (configuration) for a bad topic or number of brokers.
    public init(
        topics: [(name: String, partitions: Int)], brokers: Int = 1, logger: Logger? = nil
    ) throws(KafkaError) {
        guard (1...100).contains(brokers) else {
            throw KafkaError(.configuration, "\(brokers) brokers: expected 1 to 100")
        }
        for (name, partitions) in topics where name.isEmpty || !(1...10_000).contains(partitions) {
            throw KafkaError(.configuration, "topic \"\(name)\" with \(partitions) partitions: expected 1 to 10000")
        }
        let properties = ClientProperties(kind: .producer, configuration: KafkaConfiguration(bootstrapServers: ""))
        let silent = Logger(label: "kafka.broker") { _ in SwiftLogNoOpLogHandler() }
        host = try ClientHandle(properties, context: ClientContext(logger: logger ?? silent))
        guard let cluster = crk_mock_cluster_new(host.pointer, Int32(brokers)) else {
            throw KafkaError(.other, "the embedded broker can't open a port on the loopback interface")
        }
        self.cluster = cluster
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
        for (name, partitions) in topics {
            let error = rd_kafka_mock_topic_create(cluster, name, Int32(partitions), Int32(brokers))
            guard error == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaError(error, fallback: .configuration, "topic \(name) can't be created")
            }
        }
    }

    deinit { rd_kafka_mock_cluster_destroy(cluster) }
}

/// Faults, for tests and chaos runs.
extension EmbeddedBroker {
    /// Has the next requests of a kind fail, one per error.
    /// - Parameters:
    ///   - apiKey: The kind of request, as the Kafka protocol numbers them: 0 produce, 1 fetch, 8 commit, 11 join, …
    ///   - errors: Kafka's error codes; -195 closes the connection instead of answering.
    public func fail(apiKey: Int16, with errors: [Int32]) {
        let errors = errors.map { rd_kafka_resp_err_t(rawValue: $0) }
        rd_kafka_mock_push_request_errors_array(cluster, apiKey, errors.count, errors)
    }

    /// Cuts a broker off, or brings it back. Brokers count from 1.
    public func setBroker(_ broker: Int32 = 1, isUp: Bool) {
        if isUp {
            rd_kafka_mock_broker_set_up(cluster, broker)
        } else {
            rd_kafka_mock_broker_set_down(cluster, broker)
        }
    }

    /// Delays a broker's answers. Brokers count from 1.
    public func setRoundTripTime(_ time: Duration, ofBroker broker: Int32 = 1) {
        rd_kafka_mock_broker_set_rtt(cluster, broker, time.clampedMilliseconds)
    }
}
