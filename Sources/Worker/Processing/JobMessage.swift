import Jobs
import Kafka

/// A record of a topic that workers take from, read once.
struct JobMessage: Sendable {
    /// As it came.
    let record: KafkaRecord
    /// The job, with its derived id where it was given none; or why it can't be read.
    let contents: Result<TranslationJob, JobFailure>
    /// How it was encoded, and so how its answer will be; JSON, which anybody can read, where that is not known.
    let format: WireFormat
    /// What happened before.
    let history: JobHistory

    /// Reads a record.
    /// - Parameter longestDelay: See ``JobHistory``.
    init(_ record: KafkaRecord, topics: TopicNames, longestDelay: Duration) {
        let headers = record.headers.map(MessageHeader.init)
        self.record = record
        format = (try? MessageCodec.format(of: headers)) ?? .json
        history = JobHistory(record, topics: topics, longestDelay: longestDelay)
        contents = Result { () throws(JobsError) in
            var job: TranslationJob = try MessageCodec.decode(from: record.value, headers: headers)
            if job.id.isEmpty { job.id = job.derivedID }
            // Any other fault is answered under the id. Nothing can be answered under one that fills a message.
            if job.id.utf8.count > JobLimits.idLength { try TranslationJob.validate(id: job.id) }
            return job
        }.mapError { JobFailure($0, class: .unreadable) }
    }

    /// The job; `nil` where the record can't be read.
    var job: TranslationJob? { try? contents.get() }

    /// The job's id and run. Where the record can't be read, its key still says whose it is, if it is an id.
    var jobRun: JobRun? {
        if let job { return JobRun(jobID: job.id, run: job.run) }
        guard let id = record.key.flatMap({ String(validating: $0, as: UTF8.self) }),
            (try? TranslationJob.validate(id: id)) != nil
        else { return nil }
        return JobRun(jobID: id, run: 0)
    }
}
