import Foundation
import GRDB
import Jobs
import Kafka
import Logging
import Synchronization
import TranslationAPI

/// What the topics say of jobs and batches, in a file: made of Kafka's records and nothing else, so that it may be thrown
/// away at any time and comes out the same again, as far back as the topics go.
///
/// Records and the offsets they end at are written in one transaction. A process that is killed goes on where the file
/// ends, and nothing is worked in twice.
public final class JobIndex: Sendable {
    let topics: IndexedTopics
    let waiters: CatchUpWaiters
    let changes = ChangeSignal()
    private let pool: DatabasePool
    private let logger: Logger
    private let isClosed = Mutex(false)

    /// Opens an index, or begins a new one.
    /// - Parameters:
    ///   - path: the file; its folder must exist. Files that SQLite adds lie beside it. Transcripts are in it: nobody but
    ///     its owner may read it.
    ///   - rebuilds: whether to throw away what is there.
    /// - Throws: ``GatewayError`` (index) for a file that is no index, or can't be used.
    public init(path: String, topics: TopicNames, rebuilds: Bool = false, logger: Logger) throws(GatewayError) {
        self.topics = IndexedTopics(topics)
        self.logger = logger
        do {
            if rebuilds { try Self.remove(path) }
            // Before SQLite makes it with what the umask allows.
            if !FileManager.default.fileExists(atPath: path) {
                guard
                    FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
                else { throw CocoaError(.fileWriteUnknown) }
            }
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try IndexSchema.migrator.migrate(pool)
            waiters = CatchUpWaiters(applied: try pool.read { try Self.applied($0) })
        } catch {
            throw GatewayError(
                .index,
                "the index '\(path)' can't be opened: \(error); name a file in a folder that can be written, "
                    + "or give --rebuild to begin it anew", cause: error)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = 8
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // The file can be made again from Kafka: what a power cut takes of it does no harm.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA cache_size = -65536")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA mmap_size = 1073741824")
        }
        return configuration
    }

    private static func remove(_ path: String) throws {
        for file in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }

    /// Ends it. What is under way fails.
    public func close() {
        isClosed.withLock { $0 = true }
        try? pool.close()
    }

    // MARK: - Writing

    /// Works in records of a topic, in the order they lie in. Blocks its thread; while the file can't be written, say
    /// since the disk is full, it tries again until the index is closed.
    func add(_ records: [KafkaRecord], topic: Int) {
        guard !records.isEmpty else { return }
        var delay = 0.1
        while !isClosed.withLock({ $0 }) {
            do {
                let ends = try pool.write { database in
                    try self.forgetWhatWasLost(records, topic: topic, database)
                    var fold = try IndexFold(database, topics: self.topics)
                    for record in records { try fold.add(record, topic: topic) }
                    try fold.finish()
                    return fold.ends
                }
                waiters.advance(ends)
                return changes.raise()
            } catch {
                logger.error("the index can't be written; trying again", metadata: ["error": "\(error)"])
                Thread.sleep(forTimeInterval: delay)
                delay = min(delay * 2, 30)
            }
        }
    }

    /// Where a partition's log begins anew, what was known from it goes.
    private func forgetWhatWasLost(_ records: [KafkaRecord], topic: Int, _ database: Database) throws {
        var first: [Int32: Int64] = [:]
        for record in records where first[record.partition] == nil { first[record.partition] = record.offset }
        let applied = waiters.applied
        for (number, offset) in first {
            let partition = IndexedPartition(topic: topic, partition: number)
            if offset < applied.offsets[partition] ?? 0 { try forget(partition, database) }
        }
    }

    /// Notes where partitions begin and end in Kafka, as they are about to be read.
    /// - Returns: Where to begin to read each of them.
    func prepare(_ watermarks: [Int32: (low: Int64, high: Int64)], topic: Int) async throws -> [Int32: Int64] {
        let (starts, ends) = try await pool.write { [self] database in
            var applied = try Self.applied(database).offsets
            var starts: [Int32: Int64] = [:]
            var ends: [IndexedPartition: Int64] = [:]
            for (number, range) in watermarks {
                let partition = IndexedPartition(topic: topic, partition: number)
                if applied[partition] ?? 0 > range.high {
                    try forget(partition, database)
                    applied[partition] = nil
                }
                let end = max(applied[partition] ?? 0, range.low)
                // What lies between is not there any more.
                let hasGap = applied[partition].map { $0 < range.low } ?? true
                starts[number] = end
                ends[partition] = end
                try database.execute(
                    sql: """
                        INSERT INTO applied (topic, partition, "end", "begin") VALUES (?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET "end" = excluded."end", "begin" = MAX("begin", excluded."begin")
                        """, arguments: [topic, number, end, hasGap ? end : 0])
            }
            return (starts, ends)
        }
        waiters.advance(ends)
        return starts
    }

    private func forget(_ partition: IndexedPartition, _ database: Database) throws {
        let name = topics.names[partition.topic]
        logger.warning(
            "the brokers have lost records that were read before: what is known from them is forgotten",
            metadata: ["partition": "\(name)[\(partition.partition)]"])
        switch topics.kind(of: partition.topic) {
        case .jobs:
            try database.execute(
                sql: "DELETE FROM job WHERE topic = ? AND partition = ?",
                arguments: [partition.topic, partition.partition])
        case .results:
            try database.execute(
                sql: "UPDATE job SET result = NULL, state = ? WHERE partition = ? AND result IS NOT NULL",
                arguments: [JobState.waiting.rawValue, partition.partition])
        case .batches:
            try database.execute(sql: "UPDATE batch SET run = 0, open = NULL, complete = NULL")
        case .controls:
            try database.execute(sql: "DELETE FROM cancellation")
        case .retries:
            break
        }
        try database.execute(
            sql: "DELETE FROM applied WHERE topic = ? AND partition = ?",
            arguments: [partition.topic, partition.partition])
        try Self.tallyAnew(database)
    }

    static func tallyAnew(_ database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM tally;
                INSERT INTO tally (batch, state, jobs, seconds)
                  SELECT batch, state, COUNT(*), SUM(seconds) FROM job GROUP BY batch, state;
                """)
    }

    // MARK: - Reading

    /// Reads from one state of the index.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.read(body)
    }

    /// How many jobs there are.
    func jobCount() async throws -> Int {
        try await pool.read { try Int.fetchOne($0, sql: "SELECT COALESCE(SUM(jobs), 0) FROM tally") ?? 0 }
    }

    /// Changes the index from within, as retention does.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.write(body)
    }

    static func applied(_ database: Database) throws -> OffsetVector {
        var vector = OffsetVector()
        let rows = try Row.fetchCursor(database, sql: "SELECT topic, partition, \"end\" FROM applied")
        while let row = try rows.next() {
            vector.offsets[IndexedPartition(topic: row[0], partition: Int32(truncatingIfNeeded: row[1] as Int64))] =
                row[2]
        }
        return vector
    }
}
