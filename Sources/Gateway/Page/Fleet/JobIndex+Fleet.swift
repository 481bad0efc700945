import Foundation
import GRDB
import Jobs
import TranslationAPI

extension JobIndex {
    /// More changes than this between two looks are passed over: they are told by counts alone.
    private static let mostChanges: Int64 = 20_000
    private static let failedStates: [JobState] = [.failed, .deadLettered, .deadlineExceeded]

    private static func list(_ states: [JobState]) -> String { states.map { "\($0.rawValue)" }.joined(separator: ",") }

    /// What is finished by now.
    /// - Parameter time: milliseconds since 1970.
    func finishedJobs(at time: Int64) async throws -> FinishedJobs {
        let finals = Self.list(JobState.known.filter(\.isFinal))
        let open = Self.list(JobState.known.filter { !$0.isFinal })
        return try await read { database in
            var count = FinishedJobs(time: time)
            let sums = try Row.fetchOne(
                database,
                sql: "SELECT COALESCE(SUM(jobs), 0), COALESCE(SUM(seconds), 0.0) FROM tally WHERE state IN (\(finals))")
            count.jobs = sums?[0] ?? 0
            count.seconds = sums?[1] ?? 0
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT batch.name, SUM(CASE WHEN tally.state IN (\(finals)) THEN tally.jobs ELSE 0 END)
                    FROM tally JOIN batch ON batch.id = tally.batch
                    WHERE tally.batch IN (
                      SELECT DISTINCT batch FROM tally WHERE state IN (\(open)) AND jobs > 0 AND batch > 0
                      ORDER BY batch DESC LIMIT \(PageBatch.most))
                    GROUP BY tally.batch
                    """)
            while let row = try rows.next() { count.batches[row[0]] = row[1] }
            return count
        }
    }

    /// Results since a change, the newest first.
    func results(
        after change: Int64
    ) async throws -> (results: [FinishedResult], failures: [FinishedResult], last: Int64) {
        try await read { database in
            let newest = try Int64.fetchOne(database, sql: "SELECT MAX(change) FROM job") ?? 0
            let least = max(change, newest - Self.mostChanges)
            func fetch(_ states: [JobState], after least: Int64, _ count: Int) throws -> [FinishedResult] {
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT \(FinishedResult.columns) FROM \(IndexedJob.tables)
                        WHERE job.change > ? AND job.state IN (\(Self.list(states))) AND job.result IS NOT NULL
                        ORDER BY job.change DESC LIMIT ?
                        """, arguments: [least, count]
                ).compactMap(FinishedResult.init)
            }
            let finals = JobState.known.filter(\.isFinal)
            return (
                try fetch(finals, after: least, RecentResults.mostResults),
                try fetch(Self.failedStates, after: least, RecentResults.mostFailures), newest
            )
        }
    }

    /// All jobs by state: how many, and seconds of audio.
    func totals() async throws -> [JobState: (jobs: Int, seconds: Double)] {
        try await read { database in
            var totals: [JobState: (jobs: Int, seconds: Double)] = [:]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT state, SUM(jobs), SUM(seconds) FROM tally GROUP BY state")
            while let row = try rows.next() { totals[JobState(rawValue: row[0]) ?? .unspecified] = (row[1], row[2]) }
            return totals
        }
    }

    /// Batches: those that are not finished, and the newest, in this order.
    func pageBatches(_ rates: FinishRates) async throws -> [PageBatch] {
        let open = Self.list(JobState.known.filter { !$0.isFinal })
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, name, open, complete, created FROM batch WHERE id > 0 AND (
                      id IN (SELECT DISTINCT batch FROM tally WHERE state IN (\(open)) AND jobs > 0
                        ORDER BY batch DESC LIMIT \(PageBatch.most))
                      OR id IN (SELECT id FROM batch ORDER BY id DESC LIMIT \(PageBatch.most)))
                    """)
            let batches = try rows.map { row in
                var tallies: [JobState: (jobs: Int, seconds: Double)] = [:]
                let found = try Row.fetchCursor(
                    database.cachedStatement(
                        sql: "SELECT state, jobs, seconds FROM tally WHERE batch = ? AND jobs > 0"),
                    arguments: [row[0] as Int64])
                while let each = try found.next() {
                    tallies[JobState(rawValue: each[0]) ?? .unspecified] = (each[1], each[2])
                }
                return try PageBatch(row, tallies: tallies, rates: rates)
            }
            return Array(
                batches.sorted { ($0.isFinished ? 1 : 0, -$0.createTime) < ($1.isFinished ? 1 : 0, -$1.createTime) }
                    .prefix(PageBatch.most))
        }
    }

    /// The names of jobs by where they lie; those that are finished or not known are left out.
    func names(at positions: [RecordPosition]) async throws -> [RecordPosition: JobName] {
        let open = JobState.known.filter { !$0.isFinal }
        return try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT batch.name, job.name FROM \(IndexedJob.tables)
                    WHERE job.state = ? AND job.topic = ? AND job.partition = ? AND job."offset" = ?
                    """)
            var names: [RecordPosition: JobName] = [:]
            for position in positions {
                for state in open where names[position] == nil {
                    let row = try Row.fetchOne(
                        statement, arguments: [state.rawValue, position.topic, position.partition, position.offset])
                    if let row { names[position] = JobName(batch: row[0], job: row[1]) }
                }
            }
            return names
        }
    }
}
