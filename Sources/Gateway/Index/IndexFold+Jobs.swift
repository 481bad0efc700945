import FoundationEssentials
import GRDB
import Jobs
import SwiftProtobuf
import TranslationAPI

/// Jobs, their runs, and what came of them.
extension IndexFold {
    mutating func add(_ job: TranslationJob, at position: RecordPosition, time: Int64) throws {
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

    mutating func addRetry(of job: TranslationJob, at position: RecordPosition, time: Int64) throws {
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

    mutating func add(_ result: TranslationResult, at position: RecordPosition, time: Int64) throws {
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
