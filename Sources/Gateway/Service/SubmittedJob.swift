import Foundation
import GRPCProtobuf
import Jobs
import Kafka
import TranslationAPI

/// A job on its way into a topic: checked, named, and with what tells it from another one of its name.
struct SubmittedJob: Sendable {
    let job: TranslationJob
    let digest: JobDigest
    let topic: String
    let validatesOnly: Bool

    private static let source = "dragoman/gateway"

    /// - Throws: `GoogleRPCStatus` that says what is wrong with it.
    init(_ request: Dragoman_V1_SubmitJobRequest, topics: TopicNames) throws {
        var job = request.job
        do throws(JobsError) {
            if job.id.isEmpty { job.id = job.derivedID }
            try job.validate()
            digest = try JobDigest(job)
        } catch {
            throw ServiceError.invalid(error)
        }
        switch request.lane {
        case .unspecified, .interactive: topic = topics.jobs
        case .bulk: topic = topics.bulkJobs
        case .UNRECOGNIZED(let number): throw ServiceError.invalid("lane", "there is no lane \(number)")
        }
        self.job = job
        validatesOnly = request.validateOnly
    }

    var name: JobName { JobName(batch: job.batchID, job: job.id) }

    /// The record to write.
    func record(at date: Date, trace: [MessageHeader]) throws(JobsError) -> KafkaProducerRecord {
        var job = job
        job.submitDate = date
        let headers = MessageCodec.headers(
            for: TranslationJob.self, format: .protobuf, id: "\(JobRun(jobID: job.id, run: job.run))",
            source: Self.source, time: date,
            cause: trace)
        return KafkaProducerRecord(
            topic: topic, key: Array(job.id.utf8), value: try MessageCodec.encode(job, as: .protobuf),
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) })
    }
}

/// What names a job: ids are unique within a batch.
struct JobName: Sendable, Hashable {
    let batch: String
    let job: String
}
