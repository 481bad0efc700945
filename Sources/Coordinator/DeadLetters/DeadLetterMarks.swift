import FoundationEssentials
import Jobs
import Kafka

/// What has become of dead letters, as records among them say: nothing in Kafka's logs can be changed, so that a replay
/// and a purge are noted behind what they are about.
struct DeadLetterMarks: Sendable {
    /// One mark.
    struct Mark: Sendable {
        var state: DeadLetter.State
        var date: Date?
    }

    private var marks: [RecordPlace: Mark] = [:]
    /// The highest run of each job that was sent again.
    private(set) var runs: [String: UInt32] = [:]

    static let source = "dragoman/dead-letters"

    /// Whether a record is a mark, and no dead letter.
    static func isMark(_ record: KafkaRecord) -> Bool {
        record.headers.contains {
            $0.key == HeaderName.replayed.rawValue || $0.key == HeaderName.purged.rawValue
        }
    }

    /// Takes a record if it is a mark. A purge is the last word.
    mutating func add(_ record: KafkaRecord) {
        guard Self.isMark(record) else { return }
        let headers = record.headers.map(MessageHeader.init)
        let date = record.timestampMilliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000) }
        if let place = headers.text(.purged).flatMap(RecordPlace.init) {
            marks[place] = Mark(state: .purged, date: date)
        } else if let place = headers.text(.replayed).flatMap(RecordPlace.init) {
            if marks[place]?.state != .purged { marks[place] = Mark(state: .replayed, date: date) }
            guard let run = headers.text(.eventID).flatMap(JobRun.init) else { return }
            runs[run.jobID] = max(runs[run.jobID] ?? 0, run.run)
        }
    }

    subscript(_ place: RecordPlace) -> Mark? { marks[place] }

    /// The record that marks a dead letter.
    /// - Parameter run: the run it was sent with.
    static func record(
        _ name: HeaderName, _ letter: DeadLetter, run: JobRun? = nil, time: Date
    ) -> KafkaProducerRecord {
        var headers = [
            MessageHeader(name, letter.place.description),
            MessageHeader(.eventSource, source),
            MessageHeader(.eventTime, time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
        ]
        if let run { headers.append(MessageHeader(.eventID, run.description)) }
        return KafkaProducerRecord(
            topic: letter.place.topic, partition: letter.place.partition, key: letter.key, value: nil,
            headers: headers.map(KafkaHeader.init))
    }
}
