import Jobs
import Kafka
import Logging

/// Looks at a fleet's topics and sets them up. Nothing is ever deleted, and no topic's settings are changed.
public struct TopicManager: Sendable {
    private let kafka: KafkaConfiguration
    private let logger: Logger

    /// Creates a manager.
    public init(kafka: KafkaConfiguration, logger: Logger) {
        self.kafka = kafka
        self.logger = logger
    }

    /// Looks which topics there are and how many partitions they have.
    /// - Throws: `KafkaError` (configuration, brokerUnreachable, authentication).
    public func inspect(_ topics: TopicNames) async throws -> TopicInspection {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        do {
            let inspection = try await Self.inspect(topics, reader)
            await reader.close()
            return inspection
        } catch {
            await reader.close()
            throw error
        }
    }

    /// Carries out changes, one after another. A topic that exists by now is as good as created.
    /// - Parameter progress: called with each change when it is done.
    /// - Throws: `KafkaError`, for the first change that fails; notSupported by brokers that leave such things to their
    ///   operator.
    public func apply(
        _ changes: [TopicChange], progress: @Sendable (TopicChange) -> Void = { _ in }
    ) async throws {
        let admin = try KafkaAdmin(configuration: kafka, logger: logger)
        do {
            for change in changes {
                try await Self.apply(change, admin)
                progress(change)
            }
            await admin.close()
        } catch {
            await admin.close()
            throw error
        }
    }

    /// As ``inspect(_:)``, with a reader that is there already.
    static func inspect(_ topics: TopicNames, _ reader: KafkaReader) async throws -> TopicInspection {
        var counts: [String: Int] = [:]
        for topic in topics.all {
            do {
                counts[topic] = try await reader.partitionCount(of: topic)
            } catch let error as KafkaError where error.code == .unknownTopic {
                continue
            }
        }
        return TopicInspection(topics: topics, counts: counts)
    }

    private static func apply(_ change: TopicChange, _ admin: KafkaAdmin) async throws {
        switch change {
        case .create(let plan):
            guard let failure = try await admin.createTopics([plan])[plan.name] ?? nil else { return }
            if failure.code != .topicExists { throw failure }
        case .addPartitions(let topic, _, let total):
            try await admin.addPartitions(topic: topic, total: total)
        }
    }
}
