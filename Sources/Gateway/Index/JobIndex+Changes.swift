import GRDB
import Jobs
import TranslationAPI

extension JobIndex {
    /// Which jobs somebody watches.
    enum Selection: Sendable, Hashable {
        case all
        case batch(String)
        case names([String])
    }

    /// Jobs that changed, and up to where all changes are among them.
    struct Changes: Sendable {
        var jobs: [IndexedJob]
        /// Number of the last change that was looked at.
        var last: Int64
        /// How far the topics were worked in then; `nil` where there are more changes.
        var point: OffsetVector?
        /// Whether everything in the selection is finished.
        var isFinished = false
    }

    /// The number of the last change.
    func lastChange() async throws -> Int64 {
        try await read { try Int64.fetchOne($0, sql: "SELECT MAX(change) FROM job") ?? 0 }
    }

    /// Jobs that changed after a change of this index.
    func changes(after change: Int64, _ selection: Selection, limit: Int) async throws -> Changes {
        try await read { [self] database in
            let (condition, arguments) = try Self.condition(selection, database)
            let statement = try database.cachedStatement(
                sql: "SELECT change, id FROM job WHERE change > ? AND \(condition) ORDER BY change LIMIT ?")
            let rows = try Row.fetchAll(statement, arguments: [change] + arguments + [limit])
            let isAll = rows.count < limit
            let newest = try Int64.fetchOne(database, sql: "SELECT MAX(change) FROM job") ?? change
            let last: Int64 = isAll ? newest : rows[rows.count - 1][0]
            return Changes(
                jobs: try Self.jobs(rows.map { $0[1] }, withResults: true, database), last: last,
                point: isAll ? try Self.applied(database) : nil,
                isFinished: isAll ? try isFinished(selection, database) : false)
        }
    }

    /// Jobs that changed at or after a point of the topics, a page for each call.
    /// - Parameters:
    ///   - partition: the partition whose records changed them.
    ///   - offset: where to begin in it.
    /// - Returns: the jobs, and where the next page begins; `nil` at the end.
    func changes(
        by partition: IndexedPartition, from offset: Int64, _ selection: Selection, limit: Int
    ) async throws -> (jobs: [IndexedJob], next: Int64?) {
        try await read { database in
            let (condition, arguments) = try Self.condition(selection, database)
            let statement = try database.cachedStatement(
                sql: """
                    SELECT changed_offset, id FROM job
                    WHERE changed_topic = ? AND changed_partition = ? AND changed_offset >= ? AND \(condition)
                    ORDER BY changed_offset LIMIT ?
                    """)
            let rows = try Row.fetchAll(
                statement, arguments: [partition.topic, partition.partition, offset] + arguments + [limit])
            let next: Int64? = rows.count < limit ? nil : rows.last.map { ($0[0] as Int64) + 1 }
            return (try Self.jobs(rows.map { $0[1] }, withResults: true, database), next)
        }
    }

    /// The partitions there are, and from where on changes are known.
    func beginnings() async throws -> [IndexedPartition: Int64] {
        try await read { database in
            var begins: [IndexedPartition: Int64] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT topic, partition, \"begin\" FROM applied")
            while let row = try rows.next() {
                begins[IndexedPartition(topic: row[0], partition: Int32(truncatingIfNeeded: row[1] as Int64))] = row[2]
            }
            return begins
        }
    }

    private static func condition(
        _ selection: Selection, _ database: Database
    ) throws -> (sql: String, arguments: StatementArguments) {
        switch selection {
        case .all:
            return ("1", [])
        case .batch(let name):
            return ("batch = (SELECT id FROM batch WHERE name = ?)", [name])
        case .names(let names):
            return ("name IN (\(names.map { _ in "?" }.joined(separator: ",")))", StatementArguments(names))
        }
    }

    private func isFinished(_ selection: Selection, _ database: Database) throws -> Bool {
        switch selection {
        case .all: return false
        case .batch(let name): return try IndexedBatch(name, database)?.isDone ?? false
        case .names(let names):
            let (condition, arguments) = try Self.condition(selection, database)
            let states = JobState.known.filter(\.isFinal).map { "\($0.rawValue)" }.joined(separator: ",")
            let count = try Int.fetchOne(
                database,
                sql: "SELECT COUNT(DISTINCT name) FROM job WHERE \(condition) AND state IN (\(states))",
                arguments: arguments)
            return count == Set(names).count
        }
    }
}
