import Jobs
import Kafka

/// A record that could not be done, to be kept as it came: its bytes, key and headers, and beside them why.
struct DeadLetter: Sendable {
    let key: [UInt8]?
    let value: [UInt8]?
    let headers: [KafkaHeader]

    init(_ record: KafkaRecord, failure: JobFailure, failureClass: FailureClass, attempts: Int, worker: String) {
        key = record.key
        value = record.value
        headers =
            record.headers
            + [
                MessageHeader(.reason, failure.reason.schemaName),
                MessageHeader(.failureClass, failureClass.rawValue),
                MessageHeader(.attempts, String(attempts)),
                MessageHeader(.worker, worker),
                MessageHeader(.origin, "\(record.topic)/\(record.partition)/\(record.offset)"),
            ].map(KafkaHeader.init)
    }
}
