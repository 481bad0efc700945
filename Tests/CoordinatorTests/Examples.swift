import Jobs
import Kafka
import Platform

@testable import Coordinator

enum Examples {
    static func uris(_ count: Int) -> [String] { (0..<count).map { "file:///data/\($0).wav" } }

    /// Jobs of a batch, in order.
    static func jobs(_ count: Int, batchID: String, run: UInt32 = 0) -> [TranslationJob] {
        uris(count).enumerated().map { index, uri in
            var job = TranslationJob()
            job.audio.uri = uri
            job.id = job.derivedID
            job.batchID = batchID
            job.batchIndex = UInt32(index)
            job.run = run
            return job
        }
    }

    static func result(_ job: TranslationJob, status: TranslationResult.Status = .ok, text: String = "t")
        -> TranslationResult
    {
        var result = TranslationResult()
        result.jobID = job.id
        result.run = job.run
        result.batchID = job.batchID
        result.batchIndex = job.batchIndex
        result.audio = job.audio
        result.status = status
        result.text = text
        result.audioSeconds = 2
        return result
    }

    /// A result as it lies in its topic.
    static func record(
        _ result: TranslationResult, format: WireFormat = .protobuf, partition: Int32 = 0, offset: Int64 = 0,
        time: Int64 = 0
    ) throws -> KafkaRecord {
        let headers = MessageCodec.headers(
            for: TranslationResult.self, format: format, id: result.jobID, source: "test")
        return KafkaRecord(
            topic: "results", partition: partition, offset: offset, key: Array(result.jobID.utf8),
            value: try MessageCodec.encode(result, as: format),
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) }, timestampMilliseconds: time)
    }
}

extension JobBatch {
    /// A batch of one job for each URI.
    init(uris: [String], template: TranslationJob = TranslationJob(), name: String? = nil) throws {
        var builder = try BatchBuilder(
            template: template, examination: FileExamination(cancellation: CancellationFlag()), progress: { _ in })
        for uri in uris { try builder.add(BatchEntry(.uri(uri), at: SourcePlace(uri))) }
        self = try builder.finish(name: name)
    }

    /// The jobs as they are kept, which is without what a submit adds.
    var jobs: [TranslationJob] {
        get throws {
            var jobs: [TranslationJob] = []
            try spool.forEach { jobs.append($0) }
            return jobs
        }
    }
}
