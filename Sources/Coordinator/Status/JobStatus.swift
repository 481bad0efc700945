import FoundationEssentials
import Jobs
import Kafka

/// How a job is doing.
public struct JobStatus: Sendable {
    /// What there is of a job.
    public enum State: Sendable {
        /// It has a result: the first of its highest run.
        case finished(TranslationResult)
        /// It is in the queue or in a worker's hands, so many records behind the first one that is not finished.
        case waiting(TranslationJob, behind: Int64)
        /// It failed for a while and is to be tried again, not before a time.
        case delayed(TranslationJob, until: Date?)
    }

    /// The job's id.
    public var jobID: String
    /// What there is of it.
    public var state: State
    /// Where that lies.
    public var partition: KafkaPartition
    /// At which offset.
    public var offset: Int64

    /// Creates a status.
    public init(jobID: String, state: State, partition: KafkaPartition, offset: Int64) {
        self.jobID = jobID
        self.state = state
        self.partition = partition
        self.offset = offset
    }

    /// Whether it is done or will be.
    public var isWell: Bool {
        switch state {
        case .finished(let result): result.status.isSuccess
        case .waiting, .delayed: true
        }
    }
}
