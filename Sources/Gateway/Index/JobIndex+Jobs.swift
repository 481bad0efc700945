import GRDB
import Jobs
import TranslationAPI

extension JobIndex {
    /// The job of a name in a batch.
    func job(_ name: String, batch: String) async throws -> IndexedJob? {
        try await jobs([(batch, name)]).first ?? nil
    }

    /// Jobs by their batches and names, in that order; `nil` for those that are not there.
    func jobs(_ names: [(batch: String, name: String)]) async throws -> [IndexedJob?] {
        let sql = """
            SELECT \(IndexedJob.columns(withResults: true)) FROM \(IndexedJob.tables)
            WHERE batch.name = ? AND job.name = ?
            """
        return try await read { database in
            let statement = try database.cachedStatement(sql: sql)
            return try names.map { batch, name in
                try Row.fetchOne(statement, arguments: [batch, name]).map(IndexedJob.init)
            }
        }
    }

    /// The latest job of a name, whatever its batch; that without a batch goes first.
    func latestJob(_ name: String) async throws -> IndexedJob? {
        let sql = """
            SELECT \(IndexedJob.columns(withResults: true)) FROM \(IndexedJob.tables)
            WHERE job.name = ? ORDER BY job.batch = 0 DESC, job.created DESC, job.id DESC LIMIT 1
            """
        return try await read { database in
            try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [name]).map(IndexedJob.init)
        }
    }

    /// What a page of a list holds.
    struct ListRequest: Sendable {
        /// `nil`: all of them.
        var batch: String?
        var states: [JobState] = JobState.known
        /// Only those that lie after it.
        var after: RecordPosition?
        var count: Int
        var withResults = true
    }

    /// Jobs in the order in which they lie in their topics. Those whose own record is not kept any more are not listed.
    func list(_ request: ListRequest) async throws -> [IndexedJob] {
        try await read { database in
            var batch: Int64?
            if let name = request.batch {
                batch = try Int64.fetchOne(database, sql: "SELECT id FROM batch WHERE name = ?", arguments: [name])
                if batch == nil { return [] }
            }
            let after = request.after ?? RecordPosition(topic: 0, partition: -1, offset: -1)
            // Each state lies in that order; together they have to be merged.
            var places: [(position: RecordPosition, id: Int64)] = []
            let statement = try database.cachedStatement(
                sql: """
                    SELECT topic, partition, "offset", id FROM job
                    WHERE \(batch == nil ? "" : "batch = ? AND") state = ? AND (topic, partition, "offset") > (?, ?, ?)
                    ORDER BY topic, partition, "offset" LIMIT ?
                    """)
            for state in Set(request.states) {
                var arguments: StatementArguments = []
                if let batch { arguments += [batch] }
                arguments += [state.rawValue, after.topic, after.partition, after.offset, request.count]
                let rows = try Row.fetchCursor(statement, arguments: arguments)
                while let row = try rows.next() {
                    places.append(
                        (
                            RecordPosition(
                                topic: row[0], partition: Int32(truncatingIfNeeded: row[1] as Int64), offset: row[2]),
                            row[3]
                        ))
                }
            }
            places.sort { $0.position < $1.position }
            return try Self.jobs(places.prefix(request.count).map(\.id), withResults: request.withResults, database)
        }
    }

    /// Jobs by their rows, in that order.
    static func jobs(_ ids: [Int64], withResults: Bool, _ database: Database) throws -> [IndexedJob] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT \(IndexedJob.columns(withResults: withResults)) FROM \(IndexedJob.tables) WHERE job.id = ?
                """)
        return try ids.compactMap { try Row.fetchOne(statement, arguments: [$0]).map(IndexedJob.init) }
    }
}
