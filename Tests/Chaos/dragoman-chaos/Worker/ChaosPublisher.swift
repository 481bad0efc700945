import Jobs
import Kafka

@testable import Worker

/// Writes down what the brokers have acknowledged, and is the place for most of what can be done wrong.
struct ChaosPublisher: OutcomePublisher {
    /// How long a result is withheld that counts as written.
    private static let delay = Duration.seconds(4)

    let publisher: any OutcomePublisher
    let journal: Journal
    let sabotage: Sabotage?

    func publish(_ outcome: JobOutcome, of record: KafkaRecord) async throws {
        switch sabotage {
        case .commitEarly:
            Task {
                try await Task.sleep(for: Self.delay)
                try await publisher.publish(outcome, of: record)
            }
            return
        case .dropResult where isChosen(outcome): return
        case .twoResults where isChosen(outcome):
            var other = outcome
            other.result?.text = "something else"
            try await publisher.publish(other, of: record)
        default: break
        }
        try await publisher.publish(outcome, of: record)
        journal.note(
            .acknowledged, job: record.key.map { String(decoding: $0, as: UTF8.self) },
            detail: outcome.retry == nil ? outcome.result?.status.schemaName : "retry")
    }

    /// One in ten.
    private func isChosen(_ outcome: JobOutcome) -> Bool { outcome.result?.jobID.hasSuffix("7") ?? false }
}
