import FoundationEssentials
import Jobs
import Kafka
import Logging
import SwiftProtobuf

/// Calls batches and jobs off, through the topic `controls` that all workers follow.
///
/// Jobs in the queue get a result that says so without being run, and running ones are stopped. What has a result keeps
/// it.
public struct Canceller: Sendable {
    private let kafka: KafkaConfiguration
    private let topics: TopicNames
    private let status: StatusReader
    private let logger: Logger

    private static let source = "dragoman/cancel"

    /// Creates a canceller.
    /// - Parameter group: the workers' consumer group, which tells what is in the queue.
    public init(kafka: KafkaConfiguration, topics: TopicNames, group: String, logger: Logger) {
        self.kafka = kafka
        self.topics = topics
        self.logger = logger
        status = StatusReader(kafka: kafka, topics: topics, group: group, logger: logger)
    }

    /// Looks what an id stands for and which runs of it there are, and tells the workers.
    /// - Throws: ``CoordinatorError`` when nothing has the id; `JobsError` for what can't be said; `KafkaError`.
    public func cancel(_ request: CancelRequest) async throws -> CancelOutcome {
        let reader = try KafkaReader(configuration: kafka, logger: logger)
        let found = await Result { () async throws in try await find(request, reader) }
        await reader.close()
        var outcome = try found.get()
        outcome.cancellation.reason = request.reason
        outcome.cancellation.requestedBy = request.requestedBy
        outcome.cancellation.requestTime = Google_Protobuf_Timestamp(date: Date())
        try outcome.cancellation.validate()
        try await send(outcome.cancellation)
        return outcome
    }

    private func find(_ request: CancelRequest, _ reader: KafkaReader) async throws -> CancelOutcome {
        var cancellation = Cancellation()
        if !request.isJob {
            var finder = BatchFinder(batchID: request.id, topics: topics, reader: reader)
            try await finder.update()
            if let highest = (finder.records + finder.openRecords).map(\.run).max() {
                cancellation.batchID = request.id
                cancellation.maxRun = request.run ?? highest
                let isOpen = finder.unfinishedRecord != nil
                return CancelOutcome(
                    cancellation: cancellation,
                    jobCount: isOpen ? nil : finder.records.current.map { Int($0.jobCount) }, isBeingSubmitted: isOpen)
            }
        }
        let highest = try await status.highestRun(of: request.id, reader)
        guard request.isJob || highest != nil else { throw CoordinatorError.unknown(request.id) }
        cancellation.jobID = request.id
        cancellation.maxRun = request.run ?? highest ?? 0
        return CancelOutcome(cancellation: cancellation)
    }

    private func send(_ cancellation: Cancellation) async throws {
        let headers = MessageCodec.headers(
            for: Cancellation.self, format: .protobuf, id: "\(cancellation.targetID)/\(cancellation.maxRun)",
            source: Self.source)
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        let sent = await Result { () async throws in
            try await producer.send(
                topic: topics.controls, key: Array(cancellation.targetID.utf8),
                value: MessageCodec.encode(cancellation, as: .protobuf), headers: headers.map(KafkaHeader.init))
        }
        await producer.close()
        _ = try sent.get()
    }
}
