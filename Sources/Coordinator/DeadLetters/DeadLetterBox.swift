import Jobs
import Kafka
import Logging

/// The dead letters of a fleet: looks at them, sends them again, throws them away.
///
/// One connection serves all calls: ``close()`` it when done.
public struct DeadLetterBox: Sendable {
    let kafka: KafkaConfiguration
    let topics: TopicNames
    let reader: KafkaReader
    let logger: Logger

    /// Creates a box. It connects in the background.
    /// - Throws: `KafkaError` (configuration).
    public init(kafka: KafkaConfiguration, topics: TopicNames, logger: Logger) throws(KafkaError) {
        self.kafka = kafka
        self.topics = topics
        self.logger = logger
        reader = try KafkaReader(configuration: kafka, logger: logger)
    }

    /// Calls `body` with the dead letters that pass a filter, in the order of their partitions.
    /// - Parameters:
    ///   - includesHandled: whether those are wanted too that were replayed or purged.
    ///   - body: says whether to go on.
    /// - Throws: `KafkaError`, `CancellationError`, and what `body` throws.
    public func forEach(
        _ filter: DeadLetterFilter, includesHandled: Bool = false, _ body: (DeadLetter) async throws -> Bool
    ) async throws {
        let marks = try await marks()
        try await forEach(filter, marks) { letter in
            if !includesHandled, letter.state != .open { return true }
            return try await body(letter)
        }
    }

    /// Ends the connection.
    public func close() async { await reader.close() }

    /// What has become of the dead letters so far.
    func marks() async throws -> DeadLetterMarks {
        var marks = DeadLetterMarks()
        try await forEachRecord { record in
            marks.add(record)
            return true
        }
        return marks
    }

    func forEach(
        _ filter: DeadLetterFilter, _ marks: DeadLetterMarks, _ body: (DeadLetter) async throws -> Bool
    ) async throws {
        try await forEachRecord { record in
            guard !DeadLetterMarks.isMark(record) else { return true }
            var letter = DeadLetter(record)
            guard filter.matches(letter) else { return true }
            if let mark = marks[letter.place] {
                letter.state = mark.state
                letter.stateDate = mark.date
            }
            return try await body(letter)
        }
    }

    func forEachRecord(_ body: (KafkaRecord) async throws -> Bool) async throws {
        let starts = try await reader.watermarks(of: topics.deadLetters).mapValues(\.low)
        // Messages can be large.
        let records = try await reader.read(
            topic: topics.deadLetters, from: starts, until: .currentEnd, bufferLimit: 100)
        for try await record in records {
            guard try await body(record) else { return }
        }
        try Task.checkCancellation()
    }

    /// Writes records, and returns when the brokers have them.
    func withProducer<Value>(_ body: (KafkaProducer) async throws -> Value) async throws -> Value {
        let producer = try KafkaProducer(configuration: kafka, logger: logger)
        let outcome = await Result { () async throws in try await body(producer) }
        await producer.close()
        return try outcome.get()
    }
}
