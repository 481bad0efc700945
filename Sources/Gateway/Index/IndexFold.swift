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
    private(set) var change: Int64
    private(set) var ends: [IndexedPartition: Int64] = [:]
    private var batches: [String: Int64] = ["": 0]
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

    // MARK: - Jobs

    private mutating func add(_ job: TranslationJob, at position: RecordPosition, time: Int64) throws {
        guard let digest = try? JobDigest(job) else { return }
        let batch = try self.batch(job.batchID, time: time)
        let bytes = try job.serializedBytes() as [UInt8]
        let found = try JobRow.find(job.id, batch: batch, in: database)
        guard let row = found else {
            return try insert(
                job, bytes, digest, batch: batch, state: .waiting, position: position, by: position, time: time)
        }
        if row.run > job.run { return }
        if row.run == job.run {
            // The first in the order of topics, whichever is read first.
            if let known = row.position, known <= position { return }
            try execute(
                """
                UPDATE job SET number = ?, topic = ?, partition = ?, "offset" = ?, created = ?, digest = ?, job = ?
                WHERE id = ?
                """,
                [
                    job.batchIndex, position.topic, position.partition, position.offset, time, Data(digest.bytes),
                    Data(bytes), row.id,
                ])
            // What came of it was written later, though it was read earlier: a watch that goes on here from a token must
            // find it there.
            return row.state == .waiting ? try touch(row.id, by: position, time: time) : try count(row.id)
        }
        let seconds = job.audio.durationHint
        count(row, -1)
        count(batch, .waiting, 1, seconds)
        try execute(
            """
            UPDATE job SET run = ?, number = ?, topic = ?, partition = ?, "offset" = ?, created = ?, digest = ?, job = ?, state = ?,
              result = NULL, seconds = ? WHERE id = ?
            """,
            [
                job.run, job.batchIndex, position.topic, position.partition, position.offset, time, Data(digest.bytes),
                Data(bytes), JobState.waiting.rawValue, seconds, row.id,
            ])
        try touch(row.id, by: position, time: time)
    }

    private mutating func addRetry(of job: TranslationJob, at position: RecordPosition, time: Int64) throws {
        let batch = try self.batch(job.batchID, time: time)
        guard let row = try JobRow.find(job.id, batch: batch, in: database), row.run >= job.run else {
            // Its own record is yet to come, or is not kept any more.
            return try replace(job, batch: batch, state: .delayed, result: nil, by: position, time: time)
        }
        guard row.run == job.run, row.state == .waiting else { return }
        count(row, -1)
        count(batch, .delayed, 1, row.seconds)
        try execute("UPDATE job SET state = ? WHERE id = ?", [JobState.delayed.rawValue, row.id])
        try touch(row.id, by: position, time: time)
    }

    private mutating func add(_ result: TranslationResult, at position: RecordPosition, time: Int64) throws {
        guard !result.jobID.isEmpty else { return }
        let batch = try self.batch(result.batchID, time: time)
        let state = JobState(of: result)
        guard let row = try JobRow.find(result.jobID, batch: batch, in: database), row.run >= result.run else {
            return try replace(
                TranslationJob(of: result), batch: batch, state: state, result: result, by: position, time: time)
        }
        // The first terminal record of a run is the one that counts.
        guard row.run == result.run, !row.hasResult else { return }
        let seconds = result.audioSeconds > 0 ? result.audioSeconds : row.seconds
        count(row, -1)
        count(batch, state, 1, seconds)
        try execute(
            "UPDATE job SET state = ?, result = ?, seconds = ? WHERE id = ?",
            [state.rawValue, Data(try result.serializedBytes() as [UInt8]), seconds, row.id])
        try touch(row.id, by: position, time: time)
    }

    /// Writes a job whose own record was not seen, in place of an earlier run of it.
    private mutating func replace(
        _ job: TranslationJob, batch: Int64, state: JobState, result: TranslationResult?, by position: RecordPosition,
        time: Int64
    ) throws {
        if let row = try JobRow.find(job.id, batch: batch, in: database) {
            count(row, -1)
            try execute("DELETE FROM job WHERE id = ?", [row.id])
        }
        try insert(
            job, try job.serializedBytes(), nil, batch: batch, state: state, position: nil, by: position, time: time,
            result: result)
    }

    private mutating func insert(
        _ job: TranslationJob, _ bytes: [UInt8], _ digest: JobDigest?, batch: Int64, state: JobState,
        position: RecordPosition?, by changer: RecordPosition, time: Int64, result: TranslationResult? = nil
    ) throws {
        change += 1
        let seconds = result.map(\.audioSeconds) ?? job.audio.durationHint
        count(batch, state, 1, seconds)
        try execute(
            """
            INSERT INTO job (batch, name, run, number, topic, partition, "offset", created, digest, job, state, result, seconds,
              changed_topic, changed_partition, changed_offset, changed, change)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                batch, job.id, job.run, job.batchIndex, position?.topic ?? -1, position?.partition ?? -1,
                position?.offset ?? -1, time,
                digest.map { Data($0.bytes) }, Data(bytes), state.rawValue,
                try result.map { Data(try $0.serializedBytes() as [UInt8]) }, seconds, changer.topic,
                changer.partition, changer.offset, time, change,
            ])
    }

    private mutating func touch(_ row: Int64, by position: RecordPosition, time: Int64) throws {
        change += 1
        try execute(
            """
            UPDATE job SET changed_topic = ?, changed_partition = ?, changed_offset = ?, changed = ?, change = ?
            WHERE id = ?
            """, [position.topic, position.partition, position.offset, time, change, row])
    }

    /// Counts a change that no record after those of the row has made.
    private mutating func count(_ row: Int64) throws {
        change += 1
        try execute("UPDATE job SET change = ? WHERE id = ?", [change, row])
    }

    // MARK: - Batches and controls

    private mutating func add(_ record: BatchRecord, time: Int64) throws {
        guard !record.batchID.isEmpty, (try? TranslationJob.validate(id: record.batchID, field: "batch_id")) != nil
        else { return }
        let id = try batch(record.batchID, time: time)
        let bytes = Data(try record.serializedBytes() as [UInt8])
        let column = record.state == .open ? "open" : "complete"
        try execute(
            "UPDATE batch SET run = ?, open = NULL, complete = NULL WHERE id = ? AND run < ?",
            [record.run, id, record.run])
        // The first one that begins it knows best where results can lie, the last one that ends it how many jobs there are.
        let keeps = record.state == .open ? "AND open IS NULL" : ""
        try execute(
            "UPDATE batch SET \(column) = ?, changed = ? WHERE id = ? AND run = ? \(keeps)",
            [bytes, time, id, record.run])
    }

    private func add(_ order: Cancellation, time: Int64) throws {
        let isBatch: Bool
        let name: String
        switch order.target {
        case .batchID(let id): (isBatch, name) = (true, id)
        case .jobID(let id): (isBatch, name) = (false, id)
        case nil: return
        }
        try execute(
            """
            INSERT INTO cancellation (is_batch, name, run, created) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET run = MAX(run, excluded.run), created = excluded.created
            """, [isBatch, name, order.maxRun, time])
    }

    /// A batch by its name; its row is made where there is none.
    private mutating func batch(_ name: String, time: Int64) throws -> Int64 {
        if let id = batches[name] { return id }
        let find = try database.cachedStatement(sql: "SELECT id FROM batch WHERE name = ?")
        if let id = try Int64.fetchOne(find, arguments: [name]) {
            batches[name] = id
            return id
        }
        try execute("INSERT INTO batch (name, created, changed) VALUES (?, ?, ?)", [name, time, time])
        batches[name] = database.lastInsertedRowID
        return database.lastInsertedRowID
    }

    // MARK: - Sums

    private mutating func count(_ row: JobRow, _ number: Int) {
        count(row.batch, row.state, number, row.seconds * Double(number))
    }

    private mutating func count(_ batch: Int64, _ state: JobState, _ jobs: Int, _ seconds: Double) {
        let key = TallyKey(batch: batch, state: state)
        let sum = tallies[key] ?? (0, 0)
        tallies[key] = (sum.jobs + jobs, sum.seconds + seconds)
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension TranslationJob {
    /// What a result tells of its job.
    fileprivate init(of result: TranslationResult) {
        self.init()
        id = result.jobID
        batchID = result.batchID
        batchIndex = result.batchIndex
        run = result.run
        audio = result.audio
        sourceLanguage = result.sourceLanguage
        targetLanguage = result.targetLanguage
        labels = result.labels
    }
}
