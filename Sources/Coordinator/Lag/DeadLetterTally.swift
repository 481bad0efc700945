import Jobs
import Kafka

/// How many dead letters lie in their topic that nobody has dealt with, by reason. Each is read once.
struct DeadLetterTally: Sendable {
    private let topic: String
    private var positions: [Int32: Int64] = [:]
    /// The reasons of those that nobody has dealt with.
    private var letters: [RecordPlace: String] = [:]
    /// Those beyond that many are not counted.
    private static let limit = 200_000

    init(topic: String) {
        self.topic = topic
    }

    /// By reason.
    var counts: [String: Int] { letters.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } }

    /// Reads what has come.
    mutating func read(_ reader: KafkaReader) async throws {
        let logs: [Int32: (low: Int64, high: Int64)]
        do {
            logs = try await reader.watermarks(of: topic)
        } catch let error as KafkaError where error.code == .unknownTopic {
            return
        }
        var starts: [Int32: Int64] = [:]
        for (partition, log) in logs {
            if positions[partition] ?? 0 > log.high {
                letters = letters.filter { $0.key.partition != partition }
                positions[partition] = nil
            }
            let start = max(positions[partition] ?? 0, log.low)
            if start < log.high { starts[partition] = start }
            positions[partition] = log.high
        }
        letters = letters.filter { place, _ in logs[place.partition].map { $0.low <= place.offset } ?? false }
        guard !starts.isEmpty else { return }
        // Messages can be large.
        let records = try await reader.read(topic: topic, from: starts, until: .currentEnd, bufferLimit: 100)
        for try await record in records { add(record) }
        try Task.checkCancellation()
    }

    private mutating func add(_ record: KafkaRecord) {
        positions[record.partition] = max(positions[record.partition] ?? 0, record.offset + 1)
        let headers = record.headers.map(MessageHeader.init)
        guard !DeadLetterMarks.isMark(record) else {
            let place = (headers.text(.purged) ?? headers.text(.replayed)).flatMap { RecordPlace($0) }
            if let place { letters[place] = nil }
            return
        }
        guard letters.count < Self.limit else { return }
        letters[RecordPlace(topic: record.topic, partition: record.partition, offset: record.offset)] =
            headers.text(.reason) ?? JobError.Reason.unspecified.schemaName
    }
}
