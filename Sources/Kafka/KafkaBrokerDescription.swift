/// The brokers of a cluster.
public struct KafkaBrokerDescription: Sendable, Hashable {
    /// One broker.
    public struct Broker: Sendable, Hashable {
        /// The broker's number.
        public var id: Int
        /// Where it says that it can be reached.
        public var host: String
        /// The port belonging to ``host``.
        public var port: Int

        /// Creates a broker.
        public init(id: Int, host: String, port: Int) {
            self.id = id
            self.host = host
            self.port = port
        }
    }

    /// The cluster's name for itself, where it has one.
    public var clusterID: String?
    /// All brokers that are up, by number.
    public var brokers: [Broker]

    /// Creates a description.
    public init(clusterID: String?, brokers: [Broker]) {
        self.clusterID = clusterID
        self.brokers = brokers
    }
}
