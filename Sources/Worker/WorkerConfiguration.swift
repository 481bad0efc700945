import Jobs
import Kafka

/// What a worker needs to know besides its engine and its storage.
public struct WorkerConfiguration: Sendable {
    /// The brokers.
    public var kafka: KafkaConfiguration
    /// The fleet's topics.
    public var topics: TopicNames
    /// The consumer group: one per model.
    public var group: String
    /// The worker's name in results and logs; of the form of a job id.
    public var name: String
    /// Records fetched ahead at most, of jobs, of bulk jobs and of retries each.
    public var bufferLimit: Int
    /// Jobs in flight at most: fetched, decoded, waiting for the engine, in it, or being written. See ``JobProcessor``
    /// for the memory each may take.
    public var inFlight: Int
    /// How long a worker that is told to stop may take: to finish what it has in flight, to commit and to leave.
    public var grace: Duration
    /// How long one attempt at a job may take, from fetching its audio to its last token.
    public var attemptLimit: Duration
    /// When jobs are tried again whose attempts failed, but need not fail again.
    public var retrySchedule: RetrySchedule
    /// Bytes of decoded audio that the jobs in flight may hold together. One that needs more is done alone.
    public var audioMemory: Int
    /// How long the engine or the consumer may stand still before the process ends itself; `nil` for ever.
    public var standstillLimit: Duration?

    /// Creates a configuration.
    public init(
        kafka: KafkaConfiguration, topics: TopicNames, group: String, name: String, bufferLimit: Int = 64,
        inFlight: Int = 4, grace: Duration = .seconds(30), attemptLimit: Duration = .seconds(3600),
        retrySchedule: RetrySchedule = RetrySchedule(), audioMemory: Int = 1 << 30,
        standstillLimit: Duration? = nil
    ) {
        self.kafka = kafka
        self.topics = topics
        self.group = group
        self.name = name
        self.bufferLimit = bufferLimit
        self.inFlight = inFlight
        self.grace = grace
        self.attemptLimit = attemptLimit
        self.retrySchedule = retrySchedule
        self.audioMemory = audioMemory
        self.standstillLimit = standstillLimit
    }
}
