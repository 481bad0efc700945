import FoundationEssentials
import GRDB
import Jobs
import SwiftProtobuf
import TranslationAPI

/// A job as the index has it.
struct IndexedJob: Sendable {
    let batchName: String
    let name: String
    let run: UInt32
    let position: RecordPosition?
    let digest: JobDigest?
    let state: JobState
    let change: Int64
    private let created: Int64
    private let job: Data
    private let result: Data?
    private let isCancelled: Bool

    /// Columns of `job JOIN batch`. What was called off is looked up by name, which a few rows can afford.
    static func columns(withResults: Bool) -> String {
        """
        batch.name, job.name, job.run, job.topic, job.partition, job."offset", job.digest, job.state, job.change,
          job.created, job.job, \(withResults ? "job.result" : "NULL"),
          EXISTS (SELECT 1 FROM cancellation AS c WHERE c.run >= job.run
            AND (c.is_batch = 1 AND c.name = batch.name OR c.is_batch = 0 AND c.name = job.name))
        """
    }

    static let tables = "job JOIN batch ON batch.id = job.batch"

    init(_ row: Row) {
        batchName = row[0]
        name = row[1]
        run = UInt32(truncatingIfNeeded: row[2] as Int64)
        let topic: Int = row[3]
        position =
            topic < 0
            ? nil : RecordPosition(topic: topic, partition: Int32(truncatingIfNeeded: row[4] as Int64), offset: row[5])
        digest = (row[6] as Data?).map { JobDigest(bytes: Array($0)) }
        state = JobState(rawValue: row[7]) ?? .unspecified
        change = row[8]
        created = row[9]
        job = row[10]
        result = row[11]
        isCancelled = row[12]
    }

    /// As the service tells it.
    func message(_ topics: IndexedTopics) throws -> Dragoman_V1_Job {
        var message = Dragoman_V1_Job()
        message.job = try TranslationJob(serializedBytes: job)
        message.state = state
        if let result { message.result = try TranslationResult(serializedBytes: result) }
        if let position {
            message.origin.topic = topics.names[position.topic]
            message.origin.partition = position.partition
            message.origin.offset = position.offset
        }
        message.cancelRequested = isCancelled
        message.createTime = Google_Protobuf_Timestamp(milliseconds: created)
        return message
    }
}

extension Google_Protobuf_Timestamp {
    /// From Kafka's milliseconds since 1970.
    init(milliseconds: Int64) {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        self.init(seconds: seconds, nanos: Int32(max(0, rest)) * 1_000_000)
    }
}
