import DragomanClient
import GRPCCore
import SwiftProtobuf
import Synchronization
import Testing
import TranslationAPI

/// Submitting and listing many.
@Suite(.timeLimit(.minutes(5))) struct StreamTests {
    /// Jobs that are made when they are asked for.
    private struct Source: AsyncSequence, Sendable {
        typealias Element = TranslationJob
        let count: Int
        let onJob: @Sendable (Int) -> Void

        struct Iterator: AsyncIteratorProtocol {
            let source: Source
            var made = 0

            mutating func next() async throws -> TranslationJob? {
                guard made < source.count else { return nil }
                made += 1
                source.onJob(made)
                return TranslationJob(uri: "file:///\(made - 1).wav", id: "j\(made - 1)")
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(source: self) }
    }

    /// What the gateway got, call by call.
    private final class Calls: Sendable {
        private let calls = Mutex<[[String]]>([])

        func add(_ ids: [String]) -> Int {
            calls.withLock {
                $0.append(ids)
                return $0.count
            }
        }

        var all: [[String]] { calls.withLock { $0 } }
    }

    private static func ids(
        of requests: RPCAsyncSequence<Dragoman_V1_SubmitJobRequest, any Error>
    ) async throws -> [String] {
        try await requests.reduce(into: []) { $0.append($1.job.id) }
    }

    @Test func manyJobs() async throws {
        let calls = Calls()
        var script = ScriptedService.Script()
        script.submitJobs = { requests in
            let ids = try await Self.ids(of: requests)
            // The second piece is received, and its answer lost.
            if calls.add(ids) == 2 { throw RPCError(code: .unavailable, message: "going away") }
            return .with {
                $0.acceptedCount = UInt64(ids.count) - 1
                $0.rejectedCount = 1
                $0.rejected = [
                    .with {
                        $0.index = 3
                        $0.jobID = ids[3]
                        $0.code = 8
                        $0.reason = .backlogLimit
                        $0.message = "full"
                    }
                ]
            }
        }
        let summary = try await withGateway(script) { client, _ in
            try await client.submit(Source(count: 2500) { _ in }, lane: .bulk)
        }
        #expect(calls.all.map(\.count) == [1000, 1000, 1000, 500])
        #expect(calls.all[1] == calls.all[2])
        #expect(calls.all[0] + calls.all[2] + calls.all[3] == (0..<2500).map { "j\($0)" })
        #expect(summary.acceptedCount == 2497 && summary.duplicateCount == 0 && summary.rejectedCount == 3)
        #expect(summary.rejections.map(\.index) == [3, 1003, 2003] && summary.rejections[2].jobID == "j2003")
        #expect(summary.rejections[0].code == .backlogLimit && summary.rejections[0].isRetriable)
    }

    /// While the gateway takes nothing, no more jobs are made than make the next piece.
    @Test func backPressure() async throws {
        let made = Shared(0)
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let (filled, filling) = AsyncStream<Void>.makeStream()
        var script = ScriptedService.Script()
        script.submitJobs = { requests in
            for await _ in gate {}
            return .with { $0.acceptedCount = 0 }
        }
        try await withGateway(script) { client, _ in
            async let summary = client.submit(
                Source(count: 10_000) { number in
                    made.value = number
                    if number == 2000 { filling.finish() }
                })
            for await _ in filled {}
            try await Task.sleep(for: .milliseconds(200))
            #expect(made.value == 2000)
            opening.finish()
            _ = try await summary
            #expect(made.value == 10_000)
        }
    }

    @Test func sourceThatFails() async throws {
        struct Broken: Error {}
        let calls = Calls()
        var script = ScriptedService.Script()
        script.submitJobs = { requests in
            _ = calls.add(try await Self.ids(of: requests))
            return .with { $0.acceptedCount = 1000 }
        }
        try await withGateway(script) { client, _ in
            let (jobs, continuation) = AsyncThrowingStream<TranslationJob, any Error>.makeStream()
            for number in 0..<1500 { continuation.yield(TranslationJob(uri: "file:///\(number)")) }
            continuation.finish(throwing: Broken())
            await #expect(throws: Broken.self) { try await client.submit(jobs) }
        }
        #expect(calls.all.count <= 1)
    }

    @Test func nothing() async throws {
        let summary = try await withGateway(ScriptedService.Script()) { client, _ in try await client.submit([]) }
        #expect(summary == DragomanClient.SubmitSummary())
    }

    @Test func pages() async throws {
        var script = ScriptedService.Script()
        script.listJobs = { request in
            #expect(request.batchID == "b" && request.pageSize == 2 && request.withoutResults)
            #expect(request.states == [.waiting, .failed])
            return switch request.pageToken {
            case "":
                .with {
                    $0.jobs = [Dragoman_V1_Job("0"), Dragoman_V1_Job("1")]
                    $0.nextPageToken = "two"
                }
            // A page may be empty though others follow.
            case "two": .with { $0.nextPageToken = "three" }
            default: .with { $0.jobs = [Dragoman_V1_Job("2")] }
            }
        }
        let ids = try await withGateway(script) { client, _ in
            let jobs = client.jobs(in: "b", states: [.failed, .waiting], includesResults: false, pageSize: 2)
            return try await jobs.reduce(into: []) { $0.append($1.id) }
        }
        #expect(ids == ["0", "1", "2"])
    }
}
