import Coordinator
import FoundationEssentials
import GRDB
import Jobs
import Kafka
import SwiftProtobuf
import TranslationAPI

/// Works records into the tables, in whatever order topics and partitions come: what is there in the end depends on the
/// records alone. One value serves one transaction.
struct IndexFold {
    private struct TallyKey: Hashable {
        let batch: Int64
        let state: JobState
    }

    let database: Database
    let topics: IndexedTopics
    /// Number of the last change.
    var change: Int64
    private(set) var ends: [IndexedPartition: Int64] = [:]
    var batches: [String: Int64] = ["": 0]
    private var tallies: [TallyKey: (jobs: Int, seconds: Double)] = [:]

    init(_ database: Database, topics: IndexedTopics) throws {
        self.database = database
        self.topics = topics
        change = try Int64.fetchOne(database, sql: "SELECT MAX(change) FROM job") ?? 0
    }

    /// Works in a record. What can't be read is left to the workers, who write a dead letter.
    mutating func add(_ record: KafkaRecord, topic: Int) throws {
        let position = RecordPosition(topic: topic, partition: record.partition, offset: record.offset)
        let headers = record.headers.map(MessageHeader.init)
        let time = record.timestampMilliseconds ?? 0
        switch topics.kind(of: topic) {
        case .jobs:
            if let job = Self.job(record, headers) { try add(job, at: position, time: time) }
        case .retries:
            if let job = Self.job(record, headers) { try addRetry(of: job, at: position, time: time) }
        case .results:
            if let result: TranslationResult = try? MessageCodec.decode(from: record.value, headers: headers) {
                try add(result, at: position, time: time)
            }
        case .batches:
            if let batch: BatchRecord = try? MessageCodec.decode(from: record.value, headers: headers) {
                try add(batch, time: time)
            }
        case .controls:
            if let order: Cancellation = try? MessageCodec.decode(from: record.value, headers: headers) {
                try add(order, time: time)
            }
        }
        ends[IndexedPartition(topic: topic, partition: record.partition)] = record.offset + 1
    }

    /// Writes what was summed up.
    mutating func finish() throws {
        for (key, difference) in tallies where difference.jobs != 0 || difference.seconds != 0 {
            try execute(
                """
                INSERT INTO tally (batch, state, jobs, seconds) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET jobs = jobs + excluded.jobs, seconds = seconds + excluded.seconds
                """, [key.batch, key.state.rawValue, difference.jobs, difference.seconds])
        }
        tallies = [:]
        for (partition, end) in ends {
            try execute(
                """
                INSERT INTO applied (topic, partition, "end", "begin") VALUES (?, ?, ?, 0)
                ON CONFLICT DO UPDATE SET "end" = excluded."end"
                """, [partition.topic, partition.partition, end])
        }
    }

    private static func job(_ record: KafkaRecord, _ headers: [MessageHeader]) -> TranslationJob? {
        guard var job: TranslationJob = try? MessageCodec.decode(from: record.value, headers: headers),
            (try? job.validate()) != nil
        else { return nil }
        if job.id.isEmpty { job.id = job.derivedID }
        return job
    }

    // MARK: - Sums

    mutating func count(_ row: JobRow, _ number: Int) {
        count(row.batch, row.state, number, row.seconds * Double(number))
    }

    mutating func count(_ batch: Int64, _ state: JobState, _ jobs: Int, _ seconds: Double) {
        let key = TallyKey(batch: batch, state: state)
        let sum = tallies[key] ?? (0, 0)
        tallies[key] = (sum.jobs + jobs, sum.seconds + seconds)
    }

    func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
