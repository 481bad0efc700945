import Jobs
import Kafka

/// A record that could not be done, to be kept as it came: its bytes, key and headers, and beside them why.
struct DeadLetter: Sendable {
    /// The reason, as its header has it.
    let reason: String
    private(set) var key: [UInt8]?
    private(set) var value: [UInt8]?
    private(set) var headers: [KafkaHeader]
    private let reasons: [KafkaHeader]

    init(_ record: KafkaRecord, report: JobReport, worker: String) {
        reason = report.failure.reason.schemaName
        key = record.key
        value = record.value
        reasons = [KafkaHeader](report) + [KafkaHeader(MessageHeader(.worker, worker))]
        headers = record.headers.replacing(with: reasons)
    }

    /// What is left of one that is too large to be sent: its origin says where to look for the rest.
    var withoutContents: DeadLetter {
        var letter = self
        letter.value = nil
        letter.headers = reasons
        return letter
    }

    /// What is left when its key alone is too large.
    var withoutKey: DeadLetter {
        var letter = withoutContents
        letter.key = nil
        return letter
    }

    /// As it is sent.
    func record(in topic: String) -> KafkaProducerRecord {
        KafkaProducerRecord(topic: topic, key: key, value: value, headers: headers)
    }
}
