import FoundationEssentials
import GRDB
import Jobs
import SwiftProtobuf

/// Batches, and what was called off.
extension IndexFold {
    mutating func add(_ record: BatchRecord, time: Int64) throws {
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

    func add(_ order: Cancellation, time: Int64) throws {
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
    mutating func batch(_ name: String, time: Int64) throws -> Int64 {
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
}
