import AudioStore
import Jobs
import Kafka
import Logging

/// Writes results to storage before they are published, so that who reads of one finds it there.
///
/// The topic is what counts. Storage that does not answer for a while is asked again; where it refuses, or stays away, the
/// result is published all the same and says nothing of a place in storage: a job that is done is not lost for a copy of
/// its result.
struct ArchivingPublisher: OutcomePublisher {
    let store: ResultStore
    let publisher: any OutcomePublisher
    let retries: RetryPolicy
    let logger: Logger

    /// Several minutes.
    static let patience = RetryPolicy(attempts: 12, firstDelay: .milliseconds(500), longestDelay: .seconds(30))

    func publish(_ outcome: JobOutcome, of record: KafkaRecord) async throws {
        var outcome = outcome
        if let result = outcome.result { outcome.result?.outputUri = try await write(result) }
        try await publisher.publish(outcome, of: record)
    }

    /// - Returns: where it was written to; empty for nowhere.
    private func write(_ result: TranslationResult) async throws -> String {
        do {
            let json = try MessageCodec.encode(result, as: .json) + [UInt8(ascii: "\n")]
            return try await retries.run {
                try await store.write(json, jobID: result.jobID, batchID: result.batchID, run: result.run)
            } isRetriable: {
                JobFailure($0).failureClass == .transient
            } wishedDelay: {
                ($0 as? AudioStoreError)?.retryAfter
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error(
                "a result was not written to storage", metadata: ["job": "\(result.jobID)", "error": "\(error)"])
            return ""
        }
    }
}
