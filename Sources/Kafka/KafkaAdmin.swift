import CRdkafka
import Dispatch
import Logging
import Synchronization

/// Creates topics and enlarges them, where the brokers allow it.
///
/// Close an admin when done: ``close(timeout:)``.
public final class KafkaAdmin: Sendable {
    /// `nil` once closed.
    private let handle: Mutex<ClientHandle?>
    let configuration: KafkaConfiguration
    private let logger: Logger
    private let destroyed: Latch
    private let pollThread: PollThread
    let requests = DispatchQueue(label: "kafka.admin")

    /// Creates an admin. It connects in the background.
    /// - Throws: ``KafkaError`` (configuration).
    public init(configuration: KafkaConfiguration, logger: Logger) throws(KafkaError) {
        let properties = ClientProperties(kind: .admin, configuration: configuration)
        let handle = try ClientHandle(properties, context: ClientContext(logger: logger))
        self.configuration = configuration
        self.logger = logger
        self.handle = Mutex(handle)
        destroyed = handle.destroyed
        pollThread = PollThread(name: "kafka.admin", handle: handle)
    }

    /// Creates topics and returns when the brokers have them.
    /// - Returns: For each topic by name why it was not created, or `nil` if it was: topicExists, authorization,
    ///   configuration, …
    /// - Throws: ``KafkaError`` (notSupported, brokerUnreachable, authentication, timedOut, closed) when none was.
    public func createTopics(_ topics: [KafkaTopicPlan]) async throws -> [String: KafkaError?] {
        guard !topics.isEmpty else { return [:] }
        return try await requests.run { [self] in
            try openHandle().createTopics(topics, configuration)
        }
    }

    /// Gives a topic more partitions. Keys go to other partitions than before from then on.
    /// - Parameter total: How many partitions the topic is to have.
    /// - Throws: ``KafkaError`` (unknownTopic, configuration, authorization, notSupported, brokerUnreachable, closed, …).
    public func addPartitions(topic: String, total: Int) async throws {
        try await requests.run { [self] in
            try openHandle().addPartitions(topic: topic, total: total, configuration)
        }
    }

    /// Ends the client. Returns within about `timeout`.
    public func close(timeout: Duration = .seconds(10)) async {
        handle.withLock { $0 = nil }
        pollThread.stop()
        if await !destroyed.wait(for: timeout) {
            logger.warning("The admin client did not shut down in time; it is left to do so in the background")
        }
    }

    func openHandle() throws(KafkaError) -> ClientHandle {
        guard let handle = handle.withLock({ $0 }) else { throw KafkaError(.closed, "the admin client is closed") }
        return handle
    }
}
