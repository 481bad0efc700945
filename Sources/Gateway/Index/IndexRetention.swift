import FoundationEssentials
import GRDB
import Logging

/// Takes jobs out of the index that have not changed for long, a few at a time.
struct IndexRetention: Sendable {
    let index: JobIndex
    /// How long a job is kept after its last change.
    let age: Duration
    let logger: Logger

    private static let interval = Duration.seconds(60)
    private static let stepSize = 2_000

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                var count = 0
                while !Task.isCancelled {
                    let removed = try await step(before: Date().addingTimeInterval(-Double(age.components.seconds)))
                    count += removed
                    if removed < Self.stepSize { break }
                }
                if count > 0 { logger.info("old jobs left the index", metadata: ["jobs": "\(count)"]) }
            } catch {
                logger.warning("old jobs can't be taken out of the index", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    /// Takes out some.
    /// - Returns: how many.
    @discardableResult
    func step(before date: Date) async throws -> Int {
        let time = Int64(date.timeIntervalSince1970 * 1000)
        return try await index.write { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, batch, state, seconds, changed_topic, changed_partition, changed_offset FROM job
                    WHERE changed < ? ORDER BY change LIMIT ?
                    """, arguments: [time, Self.stepSize])
            let delete = try database.cachedStatement(sql: "DELETE FROM job WHERE id = ?")
            let tally = try database.cachedStatement(
                sql: "UPDATE tally SET jobs = jobs - 1, seconds = seconds - ? WHERE batch = ? AND state = ?")
            // Who watched from before this can't learn any more what changed.
            let begin = try database.cachedStatement(
                sql: """
                    UPDATE applied SET "begin" = MAX("begin", ?) WHERE topic = ? AND partition = ?
                    """)
            for row in rows {
                try delete.execute(arguments: [row[0] as Int64])
                try tally.execute(arguments: [row[3] as Double, row[1] as Int64, row[2] as Int])
                try begin.execute(arguments: [(row[6] as Int64) + 1, row[4] as Int, row[5] as Int])
            }
            try database.execute(sql: "DELETE FROM cancellation WHERE created < ?", arguments: [time])
            if rows.count < Self.stepSize {
                try database.execute(
                    sql: """
                        DELETE FROM batch WHERE id > 0 AND changed < ? AND NOT EXISTS (SELECT 1 FROM job WHERE batch = batch.id);
                        DELETE FROM tally WHERE jobs = 0;
                        """, arguments: [time])
            }
            return rows.count
        }
    }
}
