import FoundationEssentials
import Jobs
import Kafka

/// What a submit adds to each of its jobs on their way.
struct JobEnvelope: Sendable {
    private let batchID: String
    private let run: UInt32
    private let topic: String
    private let format: WireFormat
    private let submitDate: Date
    private let headers: [KafkaHeader]

    static let source = "dragoman/submit"

    init(batchID: String, run: UInt32, topic: String, format: WireFormat, submitDate: Date) {
        self.batchID = batchID
        self.run = run
        self.topic = topic
        self.format = format
        self.submitDate = submitDate
        headers = MessageCodec.headers(
            for: TranslationJob.self, format: format, id: "", source: Self.source, time: submitDate
        ).map(KafkaHeader.init)
    }

    func record(of job: TranslationJob) throws -> KafkaProducerRecord {
        var job = job
        job.batchID = batchID
        job.run = run
        job.submitDate = submitDate
        let eventID = KafkaHeader(MessageHeader(.eventID, "\(job.id)/\(run)"))
        return KafkaProducerRecord(
            topic: topic, key: Array(job.id.utf8), value: try MessageCodec.encode(job, as: format),
            headers: headers.map { $0.key == eventID.key ? eventID : $0 })
    }
}
