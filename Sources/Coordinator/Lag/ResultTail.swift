import FoundationEssentials
import Jobs
import Kafka

/// Reads the latest results, and then those that come.
struct ResultTail: Sendable {
    /// What a result tells of the job it answers.
    struct Answer: Sendable {
        /// The job's record.
        let place: RecordPlace
        let time: Date
        /// 0 where nothing was translated.
        let audioSeconds: Double
        let batchID: String
    }

    private let topic: String
    /// Results that are read at the beginning, at most.
    private let limit: Int64
    private var positions: [Int32: Int64] = [:]
    /// From when on all results have been read; `nil` where that is from the beginning.
    private(set) var completeSince: Date?

    init(topic: String, limit: Int = 20_000) {
        self.topic = topic
        self.limit = Int64(limit)
    }

    /// Reads what has come.
    /// - Parameter wanted: Where the results begin that are of interest, by partition, as far as that is known.
    mutating func read(_ reader: KafkaReader, from wanted: [Int32: Int64]) async throws -> [Answer] {
        let logs = try await reader.watermarks(of: topic)
        let share = max(50, limit / Int64(max(1, logs.count)))
        var starts: [Int32: Int64] = [:]
        var cut: Set<Int32> = []
        for (partition, log) in logs {
            let isNew = positions[partition] == nil || positions[partition] ?? 0 > log.high
            let first = isNew ? min(log.high - share, wanted[partition] ?? .max) : positions[partition] ?? 0
            let start = max(first, log.low, log.high - limit)
            if isNew, start > log.low { cut.insert(partition) }
            positions[partition] = log.high
            if start < log.high { starts[partition] = start }
        }
        guard !starts.isEmpty else { return [] }
        var answers: [Answer] = []
        let records = try await reader.read(topic: topic, from: starts, until: .currentEnd)
        for try await batch in records.batches {
            for record in batch {
                positions[record.partition] = max(positions[record.partition] ?? 0, record.offset + 1)
                if cut.remove(record.partition) != nil, let time = record.time {
                    completeSince = max(completeSince ?? time, time)
                }
                if let answer = Answer(record) { answers.append(answer) }
            }
        }
        try Task.checkCancellation()
        return answers
    }
}

extension ResultTail.Answer {
    /// - Returns: `nil` for what does not say which record it is about.
    fileprivate init?(_ record: KafkaRecord) {
        let headers = record.headers.map(MessageHeader.init)
        // One without a value says that the job was put off.
        let result: TranslationResult? =
            record.value == nil ? nil : try? MessageCodec.decode(from: record.value, headers: headers)
        let named = headers.text(.origin).flatMap { RecordPlace($0) }
        let inside = result.flatMap { result in
            result.hasOrigin
                ? RecordPlace(
                    topic: result.origin.topic, partition: result.origin.partition, offset: result.origin.offset) : nil
        }
        guard let place = named ?? inside, let time = record.time else { return nil }
        let seconds = result?.audioSeconds ?? 0
        self.init(
            place: place, time: time,
            audioSeconds: seconds > 0 ? min(seconds, JobAudio.longest) : 0, batchID: result?.batchID ?? "")
    }
}

extension KafkaRecord {
    fileprivate var time: Date? {
        timestampMilliseconds.map { Date(timeIntervalSince1970: Double($0) / 1000) }
    }
}
