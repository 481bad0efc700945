import FoundationEssentials
import GRDB
import Jobs
import SwiftProtobuf
import TranslationAPI

/// A batch as the index has it.
struct IndexedBatch: Sendable {
    let name: String
    /// The run its records name; that of its jobs may be another.
    let run: UInt32
    /// The record that begins it.
    let open: BatchRecord?
    /// The record that says it is complete.
    let complete: BatchRecord?
    let tallies: [JobState: (jobs: Int, seconds: Double)]
    let created: Int64
    let lastChange: Int64

    init?(_ name: String, _ database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(sql: "SELECT id, run, open, complete, created, changed FROM batch WHERE name = ?"),
            arguments: [name])
        guard let row else { return nil }
        let id: Int64 = row[0]
        self.name = name
        run = UInt32(truncatingIfNeeded: row[1] as Int64)
        open = try (row[2] as Data?).map { try BatchRecord(serializedBytes: $0) }
        complete = try (row[3] as Data?).map { try BatchRecord(serializedBytes: $0) }
        created = row[4]
        var tallies: [JobState: (jobs: Int, seconds: Double)] = [:]
        let rows = try Row.fetchCursor(
            database.cachedStatement(sql: "SELECT state, jobs, seconds FROM tally WHERE batch = ? AND jobs > 0"),
            arguments: [id])
        while let row = try rows.next() {
            tallies[JobState(rawValue: row[0]) ?? .unspecified] = (row[1], row[2])
        }
        self.tallies = tallies
        lastChange =
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: "SELECT changed FROM job WHERE batch = ? ORDER BY id DESC LIMIT 1"), arguments: [id])
            ?? row[5]
    }

    /// Jobs seen.
    var jobCount: Int { tallies.values.reduce(0) { $0 + $1.jobs } }
    /// Those of them that are finished.
    var finishedCount: Int { tallies.reduce(0) { $0 + ($1.key.isFinal ? $1.value.jobs : 0) } }
    /// Whether all jobs are submitted and finished.
    var isDone: Bool { complete.map { finishedCount >= Int($0.jobCount) } ?? false }

    /// As the service tells it.
    var message: Dragoman_V1_Batch {
        var message = Dragoman_V1_Batch()
        message.batchID = name
        message.run = run
        message.jobCount = UInt32(clamping: max(jobCount, complete.map { Int($0.jobCount) } ?? 0))
        message.finishedSubmitting = complete != nil
        for (state, tally) in tallies.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            var count = Dragoman_V1_StateCount()
            count.state = state
            count.count = UInt32(clamping: tally.jobs)
            message.states.append(count)
            message.audioSeconds += tally.seconds
            if state.isFinal { message.finishedAudioSeconds += tally.seconds }
        }
        message.labels = complete?.labels ?? open?.labels ?? [:]
        // As its records say, so that it is the same by whatever way somebody asks.
        message.createTime =
            [open, complete].lazy.compactMap { $0 }.first(where: \.hasSubmitTime)?.submitTime
            ?? Google_Protobuf_Timestamp(milliseconds: created)
        if isDone { message.finishTime = Google_Protobuf_Timestamp(milliseconds: lastChange) }
        return message
    }
}

extension JobIndex {
    /// The batch of a name; `nil` for one that nothing names.
    func batch(_ name: String) async throws -> IndexedBatch? {
        try await read { database in try IndexedBatch(name, database) }
    }
}
