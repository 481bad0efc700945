import Jobs
import Kafka

/// A record that could not be done, to be kept as it came: its bytes, key and headers, and beside them why.
struct DeadLetter: Sendable {
    let key: [UInt8]?
    private(set) var value: [UInt8]?
    private(set) var headers: [KafkaHeader]
    private let reasons: [KafkaHeader]

    init(_ record: KafkaRecord, failure: JobFailure, failureClass: FailureClass, attempts: Int, worker: String) {
        key = record.key
        value = record.value
        reasons = [
            MessageHeader(.reason, failure.reason.schemaName),
            MessageHeader(.failureClass, failureClass.rawValue),
            MessageHeader(.attempts, String(attempts)),
            MessageHeader(.worker, worker),
            MessageHeader(.origin, "\(record.topic)/\(record.partition)/\(record.offset)"),
        ].map(KafkaHeader.init)
        headers = record.headers + reasons
    }

    /// What is left of one that is too large to be sent: its origin says where to look for the rest.
    var withoutContents: DeadLetter {
        var letter = self
        letter.value = nil
        letter.headers = reasons
        return letter
    }
}
