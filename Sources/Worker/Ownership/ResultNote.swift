import Jobs
import Kafka

/// What a worker has to know of a record in the results: its headers say it.
struct ResultNote: Sendable, Hashable {
    /// The results partition, which has the number of the partition the job came from.
    let partition: Int32
    /// The result's own offset.
    let offset: Int64
    /// What it is about.
    let run: BatchRun?
    /// The record it is about.
    let origin: RecordPlace?
    /// Whether it is no answer, but says that the job has been moved, to be tried again.
    let isMove: Bool

    init(_ record: KafkaRecord) {
        let headers = record.headers.map(MessageHeader.init)
        partition = record.partition
        offset = record.offset
        isMove = record.value == nil
        run = headers.text(.eventID).flatMap { JobRun($0) }
            .map { BatchRun($0, batchID: headers.text(.batch) ?? "") }
        origin = headers.text(.origin).flatMap { RecordPlace($0) }
    }
}
