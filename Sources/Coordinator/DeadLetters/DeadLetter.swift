import FoundationEssentials
import Jobs
import Kafka

/// A message that was given up, as it lies in the topic `dead-letters`: the original bytes, key and headers, and why.
public struct DeadLetter: Sendable {
    /// What has become of it since.
    public enum State: String, Sendable, CaseIterable {
        /// Nothing.
        case open
        /// It was sent to the workers again.
        case replayed
        /// Nobody wants to see it any more.
        case purged
    }

    /// Where it lies.
    public let place: RecordPlace
    /// The message's key.
    public let key: [UInt8]?
    /// The message itself; `nil` where it was too large to be kept.
    public let value: [UInt8]?
    /// The message's headers, and those that say why it is here.
    public let headers: [MessageHeader]
    /// When it was given up.
    public let date: Date?
    /// The job, or why the message is none that can be read.
    public let job: Result<TranslationJob, JobsError>
    /// What has become of it since.
    public internal(set) var state = State.open
    /// When that was.
    public internal(set) var stateDate: Date?

    init(_ record: KafkaRecord) {
        place = RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)
        key = record.key
        value = record.value
        let headers = record.headers.map(MessageHeader.init)
        self.headers = headers
        date = record.timestampMilliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000) }
        job = Result { () throws(JobsError) in try MessageCodec.decode(from: record.value, headers: headers) }
    }

    /// The job's id; of a message that can't be read the key, where it could be one.
    public var jobID: String? {
        if let job = try? job.get() { return job.id.isEmpty ? job.derivedID : job.id }
        guard let key, let text = String(validating: key, as: UTF8.self),
            (try? TranslationJob.validate(id: text)) != nil
        else { return nil }
        return text
    }

    /// The batch's id; `nil` for a job without one, and for what can't be read.
    public var batchID: String? {
        guard let job = try? job.get(), !job.batchID.isEmpty else { return nil }
        return job.batchID
    }

    /// The job's run; `nil` for what can't be read.
    public var run: UInt32? { try? job.get().run }
    /// A ``JobError/Reason`` by name.
    public var reason: String? { headers.text(.reason) }
    /// A ``FailureClass``.
    public var failureClass: String? { headers.text(.failureClass) }
    /// Attempts made.
    public var attempts: Int? { headers.text(.attempts).flatMap { Int($0) } }
    /// Those of them that ended with a worker's death.
    public var crashes: Int? { headers.text(.crashes).flatMap { Int($0) } }
    /// The worker that gave up.
    public var worker: String? { headers.text(.worker) }
    /// Where the message was submitted.
    public var origin: RecordPlace? { headers.text(.origin).flatMap(RecordPlace.init) }
    /// The topic of the lane it was submitted to, where it is known.
    public var lane: String? { headers.text(.lane) ?? origin?.topic }
}
