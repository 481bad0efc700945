import Foundation
import GRDB
import Jobs
import Kafka
import Logging
import SwiftProtobuf
import TestSupport
import Testing
import TranslationAPI

@testable import Gateway

/// What topics come to in the index.
@Suite struct JobIndexTests {
    private let folder: TemporaryDirectory
    private let topics: TopicNames

    init() throws {
        folder = try TemporaryDirectory()
        topics = try TopicNames(prefix: "t.")
    }

    private func open(_ name: String = "index", rebuilds: Bool = false) throws -> JobIndex {
        try JobIndex(
            path: folder.file(name), topics: topics, rebuilds: rebuilds,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func outcomes(_ index: JobIndex) async throws -> [FleetHistory.Outcome] {
        let rows = try await index.read { database in
            try Row.fetchAll(
                database, sql: "SELECT \(IndexedJob.columns(withResults: true)) FROM \(IndexedJob.tables)"
            ).map(IndexedJob.init)
        }
        return try rows.map { row in
            let message = try row.message(index.topics)
            return FleetHistory.Outcome(
                batch: row.batchName, name: row.name, run: row.run, state: row.state.rawValue,
                uri: message.job.audio.uri, text: message.result.text)
        }.sorted()
    }

    private func tallies(_ index: JobIndex) async throws -> [[String]] {
        try await index.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT batch.name, tally.state, tally.jobs, ROUND(tally.seconds, 3) FROM tally
                    JOIN batch ON batch.id = tally.batch WHERE jobs <> 0 ORDER BY 1, 2
                    """
            ).map { row in row.databaseValues.map(\.description) }
        }
    }

    /// Topics and partitions are read in no particular order, and a process may be killed between any two transactions:
    /// there is one outcome.
    @Test(arguments: 0..<40) func anyOrderComesToTheSame(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        let history = FleetHistory(topics, seed: seed, jobs: 60)
        var index = try open()
        for _ in 0..<3 {
            history.feed(index, &generator, until: Int.random(in: 0..<40, using: &generator))
            // As after a kill: nothing but the file is left.
            index = try open()
        }
        history.feed(index, &generator)
        #expect(try await outcomes(index) == history.outcomes.values.sorted())
        let sums = try await tallies(index)
        try await index.write { try JobIndex.tallyAnew($0) }
        #expect(try await tallies(index) == sums)
    }

    /// A watch goes on at another gateway, which has read the topics in an order of its own: it is told of every result
    /// that lies behind its token.
    @Test(arguments: 0..<20) func whatLiesBehindATokenIsFoundInAnyOrder(seed: UInt64) async throws {
        var generator = SplitMix64(seed: seed)
        let history = FleetHistory(topics, seed: seed, jobs: 60)
        let index = try open()
        history.feed(index, &generator)
        let results = try #require(index.topics.number(of: topics.results))
        for (partition, log) in history.logs where partition.topic == results {
            let token = Int.random(in: 0...log.count, using: &generator)
            var answered: Set<String> = []
            var expected: Set<String> = []
            for (offset, record) in log.enumerated() {
                let result = try TranslationResult(serializedBytes: record.value ?? [])
                let outcome = history.outcomes["\(result.batchID)/\(result.jobID)"]
                guard outcome?.run == result.run, answered.insert(result.jobID).inserted else { continue }
                if offset >= token { expected.insert(result.jobID) }
            }
            let changes = try await index.changes(by: partition, from: Int64(token), .all, limit: 1_000)
            #expect(Set(changes.jobs.map(\.name)) == expected && changes.next == nil)
        }
    }

    @Test func pagesShowEachJobOnce() async throws {
        var generator = SplitMix64(seed: 7)
        let history = FleetHistory(topics, seed: 7, jobs: 200)
        let index = try open()
        history.feed(index, &generator)
        for states in [JobState.known, [.succeeded], [.waiting, .failed]] {
            for batch in [nil, "a"] {
                var request = JobIndex.ListRequest(batch: batch, states: states, count: 7)
                var found: [IndexedJob] = []
                while true {
                    let page = try await index.list(request)
                    found += page
                    guard page.count == 7, let last = page.last?.position else { break }
                    request.after = last
                }
                let expected = history.outcomes.values.filter { outcome in
                    (batch == nil || outcome.batch == batch) && states.contains { $0.rawValue == outcome.state }
                }
                #expect(found.map(\.name).sorted() == expected.map(\.name).sorted())
                let positions = found.compactMap(\.position)
                #expect(positions == positions.sorted())
            }
        }
    }

    /// The brokers come back with another log: what came from the lost one goes.
    @Test func aLogThatBeginsAnewReplacesTheOld() async throws {
        var generator = SplitMix64(seed: 1)
        let history = FleetHistory(topics, seed: 1, jobs: 30)
        let index = try open()
        history.feed(index, &generator)
        let before = try await outcomes(index)
        #expect(!before.isEmpty)
        for (partition, log) in history.logs.sorted(by: { $0.key < $1.key }) {
            index.add([log[0]], topic: partition.topic)
        }
        let small = try await outcomes(index)
        #expect(small.count < before.count && small.count <= history.logs.count)
        let sums = try await tallies(index)
        try await index.write { try JobIndex.tallyAnew($0) }
        #expect(try await tallies(index) == sums)
    }

    @Test func whatIsShorterThanWhatWasReadIsForgotten() async throws {
        var generator = SplitMix64(seed: 2)
        let history = FleetHistory(topics, seed: 2, jobs: 30)
        let index = try open()
        history.feed(index, &generator)
        let starts = try await index.prepare([0: (0, 1), 1: (0, 1_000)], topic: 0)
        #expect(starts[0] == 0 && starts[1] == Int64(history.logs[.init(topic: 0, partition: 1)]?.count ?? 0))
        let left = try await index.list(.init(count: 1_000)).compactMap(\.position)
        #expect(!left.isEmpty && !left.contains { $0.topic == 0 && $0.partition == 0 })
    }

    @Test func oldJobsLeaveAndTokensFromBeforeExpire() async throws {
        var generator = SplitMix64(seed: 3)
        let history = FleetHistory(topics, seed: 3, jobs: 50)
        let index = try open()
        history.feed(index, &generator)
        let retention = IndexRetention(
            index: index, age: .seconds(1), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(try await retention.step(before: Date(timeIntervalSince1970: 0)) == 0)
        let middle = Date(timeIntervalSince1970: 1_000 + 0.1)
        let removed = try await retention.step(before: middle)
        let left = try await outcomes(index)
        #expect(removed > 0 && !left.isEmpty && removed + left.count == history.outcomes.count)
        let sums = try await tallies(index)
        try await index.write { try JobIndex.tallyAnew($0) }
        #expect(try await tallies(index) == sums)
        #expect(try await index.beginnings().values.contains { $0 > 0 })
    }

    @Test func rebuildingBeginsAnew() async throws {
        var generator = SplitMix64(seed: 4)
        let history = FleetHistory(topics, seed: 4, jobs: 10)
        let index = try open()
        history.feed(index, &generator)
        index.close()
        let anew = try open(rebuilds: true)
        #expect(try await outcomes(anew).isEmpty && anew.waiters.applied.offsets.isEmpty)
    }

    @Test func whatIsNoIndexIsRefused() throws {
        let path = try folder.write(Array("no database at all, and more than a few bytes of it".utf8), to: "other")
        let error = #expect(throws: GatewayError.self) { try open("other") }
        #expect(error?.code == .index && error?.message.contains(path) == true)
    }

    @Test func waitersAreResumedWhenTheirPointIsReached() async throws {
        let waiters = CatchUpWaiters(applied: OffsetVector())
        let partition = IndexedPartition(topic: 0, partition: 1)
        async let reached: Void = waiters.wait(for: OffsetVector(offsets: [partition: 5]))
        waiters.advance([partition: 4])
        waiters.advance([partition: 5])
        try await reached
        let waiting = Task { try await waiters.wait(for: OffsetVector(offsets: [partition: 9])) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}
