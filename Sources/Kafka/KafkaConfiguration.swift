/// How to reach a Kafka cluster.
///
/// The same configuration serves producers, group consumers and readers: each takes what concerns it.
public struct KafkaConfiguration: Sendable {
    /// `host:port` of one or more brokers, separated by commas.
    public var bootstrapServers: String
    /// Properties by librdkafka's names. `NAME.file=PATH` takes the value of `NAME` from a file, less a trailing line
    /// break, whenever a client is made: for secrets. They override this client's defaults, except for those its promises rest on:
    /// these are refused with ``KafkaError/Code/configuration`` when a client is made.
    public var properties: [String: String]
    /// How long to wait for an answer to a question about the cluster (metadata, watermarks, committed offsets).
    public var requestTimeout: Duration

    /// Creates a configuration. `bootstrapServers` wins over a `bootstrap.servers` among the properties.
    public init(
        bootstrapServers: String, properties: [String: String] = [:], requestTimeout: Duration = .seconds(10)
    ) {
        self.bootstrapServers = bootstrapServers
        self.properties = properties
        self.requestTimeout = requestTimeout
    }

    /// Creates a configuration from properties that name the brokers themselves.
    /// - Throws: ``KafkaError`` (configuration) when `bootstrap.servers` is missing.
    public init(properties: [String: String], requestTimeout: Duration = .seconds(10)) throws(KafkaError) {
        guard let servers = properties["bootstrap.servers"] ?? properties["metadata.broker.list"], !servers.isEmpty
        else {
            throw KafkaError(.configuration, "bootstrap.servers is missing: give the brokers as HOST:PORT,HOST:PORT")
        }
        self.init(bootstrapServers: servers, properties: properties, requestTimeout: requestTimeout)
    }
}
