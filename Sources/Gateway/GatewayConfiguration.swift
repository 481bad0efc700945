import Jobs
import Kafka
import Monitoring

/// How a gateway works.
public struct GatewayConfiguration: Sendable {
    /// Where to find the brokers.
    public var kafka: KafkaConfiguration
    /// The fleet's topics.
    public var topics: TopicNames
    /// The workers' consumer group, which tells how many jobs wait.
    public var group: String
    /// The address to listen at, numeric.
    public var host: String
    /// The port; 0 has the system choose.
    public var port: Int
    /// The file of the index.
    public var indexPath: String
    /// Whether to make the index anew from Kafka.
    public var rebuildsIndex = false
    /// How long a job is kept in the index after its last change; `nil` for as long as there is room.
    public var retention: Duration?
    /// Certificate and key; `nil` serves in the clear.
    public var tls: GatewayTLS?
    /// A file of bearer tokens; `nil` lets everybody in who can connect.
    public var tokensPath: String?
    /// Jobs a second that a client may submit, and at once; `nil` for no limit.
    public var quota: (rate: Double, burst: Double)?
    /// Most jobs that may wait for workers.
    public var backlogLimit: Int?
    /// Where to serve HTTP; `nil` for nowhere.
    public var httpAddress: ListenAddress?
    /// Where recordings go that are sent to the page; `nil` takes none.
    public var uploads: UploadFolder?
    /// Whether the network is said to be safe, so that whoever can connect may use the page.
    public var isInsecure = false
    /// What the page tells of this program.
    public var version = ""
    /// How long calls have to end when the gateway is told to stop.
    public var grace = Duration.seconds(20)

    /// Creates a configuration.
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, host: String, port: Int, indexPath: String
    ) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.host = host
        self.port = port
        self.indexPath = indexPath
    }
}
