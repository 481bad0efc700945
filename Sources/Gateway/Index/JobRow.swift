import FoundationEssentials
import GRDB
import Jobs
import TranslationAPI

/// A row of the table `job`, without what is large.
struct JobRow: Sendable {
    let id: Int64
    let batch: Int64
    let name: String
    let run: UInt32
    /// `nil` while only what came of it was seen.
    let position: RecordPosition?
    let digest: JobDigest?
    let state: JobState
    let seconds: Double
    let hasResult: Bool
    let change: Int64

    static let columns =
        "id, batch, name, run, topic, partition, \"offset\", digest, state, seconds, result IS NOT NULL, change"

    init(_ row: Row) {
        id = row[0]
        batch = row[1]
        name = row[2]
        run = UInt32(truncatingIfNeeded: row[3] as Int64)
        let topic: Int = row[4]
        position =
            topic < 0
            ? nil : RecordPosition(topic: topic, partition: Int32(truncatingIfNeeded: row[5] as Int64), offset: row[6])
        digest = (row[7] as Data?).map { JobDigest(bytes: Array($0)) }
        state = JobState(rawValue: row[8]) ?? .unspecified
        seconds = row[9]
        hasResult = row[10]
        change = row[11]
    }

    /// The job of a name.
    static func find(_ name: String, batch: Int64, in database: Database) throws -> JobRow? {
        let statement = try database.cachedStatement(
            sql: "SELECT \(columns) FROM job WHERE batch = ? AND name = ?")
        return try Row.fetchOne(statement, arguments: [batch, name]).map(JobRow.init)
    }
}
