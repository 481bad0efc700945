import FoundationEssentials
import Jobs
import Kafka

/// What a record's headers tell of the attempts made at its job so far.
struct JobHistory: Sendable, Hashable {
    /// Attempts made, crashed ones included.
    var attempts = 0
    /// Attempts that ended with the worker's death.
    var crashes = 0
    /// When the next attempt may begin.
    var notBefore: Date?
    /// The topic of the lane that the job was submitted to.
    var lane: String
    /// Where the job was submitted.
    var origin: RecordPlace

    /// Attempts that ended with a failure which may pass.
    var tries: Int { max(0, attempts - crashes) }

    /// Reads a record's headers. Only workers write to the topics for retries: elsewhere, anybody may have written the
    /// headers, or copied them from a dead letter, and they count for nothing. Values that make no sense are taken for
    /// absent ones.
    /// - Parameter longestDelay: What `notBefore` may lie ahead at most, so that no header holds a partition up for ever.
    init(_ record: KafkaRecord, topics: TopicNames, longestDelay: Duration) {
        origin = RecordPlace(record)
        lane = record.topic
        guard topics.retries.contains(record.topic) else { return }
        let headers = record.headers.map(MessageHeader.init)
        attempts = headers.count(.attempts)
        crashes = headers.count(.crashes)
        notBefore = headers.text(.notBefore).flatMap(Date.init(header:))
            .map { min($0, Date() + longestDelay.inSeconds) }
        lane = headers.text(.lane) == topics.bulkJobs ? topics.bulkJobs : topics.jobs
        if let place = headers.text(.origin).flatMap(RecordPlace.init) { origin = place }
    }
}

extension [MessageHeader] {
    /// A number in decimal; 0 for what is none, the largest for what is larger.
    fileprivate func count(_ name: HeaderName) -> Int {
        guard let text = text(name), !text.isEmpty,
            text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return 0 }
        return Int(UInt32(text) ?? .max)
    }
}

extension RecordPlace {
    init(_ record: KafkaRecord) {
        self.init(topic: record.topic, partition: record.partition, offset: record.offset)
    }
}

extension Date {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Reads RFC 3339, with or without a fraction of a second.
    init?(header text: String) {
        guard let date = (try? Self.style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
            return nil
        }
        self = date
    }

    /// As RFC 3339, with milliseconds.
    var headerText: String { formatted(Self.style) }
}
