import DragomanClient
import GRPCCore
import SwiftProtobuf
import Synchronization
import Testing
import TranslationAPI

@Suite(.timeLimit(.minutes(5))) struct WatchTests {
    /// Sends updates with the numbers from a token on: `token 7` stands for what comes after number 7.
    private static func numbers(
        _ request: Dragoman_V1_WatchJobsRequest, _ range: Range<Int>, _ writer: RPCWriter<Dragoman_V1_WatchJobsResponse>
    ) async throws {
        let first = request.resumeToken.isEmpty ? 0 : Int(request.resumeToken.dropFirst("token ".count))! + 1
        for number in range where number >= first {
            try await writer.write(
                .with {
                    $0.jobs = [Dragoman_V1_Job("\(number)", text: "text")]
                    $0.resumeToken = "token \(number)"
                    $0.caughtUp = number > 0
                })
        }
    }

    private static func collect(_ watch: JobWatch) async throws -> [String] {
        try await watch.reduce(into: []) { $0 += $1.jobs.map(\.id) }
    }

    @Test func toTheEnd() async throws {
        var script = ScriptedService.Script()
        script.watchJobs = { request, writer in
            #expect(request.batchID == "b" && request.jobIds.isEmpty && request.untilFinished)
            try await Self.numbers(request, 0..<3, writer)
        }
        try await withGateway(script) { client, _ in
            let updates = try await client.watch(.batch("b")).reduce(into: []) { $0.append($1) }
            #expect(updates.map(\.resumeToken) == ["token 0", "token 1", "token 2"])
            #expect(updates.map(\.isCaughtUp) == [false, true, true] && updates.allSatisfy { !$0.isRestart })
            #expect(try await Self.collect(client.watch(.batch("b"), resumeToken: "token 1")) == ["2"])
        }
    }

    /// The connection breaks off in the midst of it, several times: nothing is missing and nothing comes twice.
    @Test func connectionsThatBreak() async throws {
        let connections = Mutex(0)
        var script = ScriptedService.Script()
        script.watchJobs = { request, writer in
            let connection = connections.withLock {
                $0 += 1
                return $0
            }
            try await Self.numbers(request, 0..<connection * 10, writer)
            if connection == 2 { throw RPCError(code: .unavailable, message: "going away") }
            if connection < 4 { try await Task.sleep(for: .seconds(60)) }
        }
        let interruptions = Mutex(0)
        let ids = try await withGateway(script) { client, gateway in
            var ids: [String] = []
            let watch = client.watch(.jobs(["x"])) { _ in interruptions.withLock { $0 += 1 } }
            for try await update in watch {
                ids += update.jobs.map(\.id)
                if update.resumeToken == "token 9" || update.resumeToken == "token 29" {
                    await gateway.breakOff()
                    try await Task.sleep(for: .milliseconds(50))
                    try await gateway.start()
                }
            }
            return ids
        }
        #expect(ids == (0..<40).map(String.init))
        #expect(connections.withLock { $0 } >= 4 && interruptions.withLock { $0 } >= 3)
    }

    /// A watch without an end is made again where the gateway ends it.
    @Test func withoutEnd() async throws {
        var script = ScriptedService.Script()
        script.watchJobs = { request, writer in
            #expect(!request.untilFinished && request.batchID.isEmpty && request.jobIds.isEmpty)
            let first = request.resumeToken.isEmpty ? 0 : Int(request.resumeToken.dropFirst("token ".count))! + 1
            try await Self.numbers(request, first..<first + 2, writer)
        }
        let ids = try await withGateway(script) { client, _ in
            var ids: [String] = []
            for try await update in client.watch(.all, untilFinished: false) {
                ids += update.jobs.map(\.id)
                if ids.count == 7 { break }
            }
            return ids
        }
        #expect(ids == (0..<7).map(String.init))
    }

    @Test func tokenThatHasExpired() async throws {
        var script = ScriptedService.Script()
        script.watchJobs = { request, writer in
            if request.resumeToken == "token 5" {
                throw gatewayError(.failedPrecondition, "TOKEN_EXPIRED", "begin anew")
            }
            if request.resumeToken == "no token" {
                throw gatewayError(.invalidArgument, "INVALID_TOKEN", "no token of ours")
            }
            try await Self.numbers(request, 0..<2, writer)
        }
        try await withGateway(script) { client, _ in
            let updates = try await client.watch(.batch("b"), resumeToken: "token 5").reduce(into: []) { $0.append($1) }
            #expect(updates.map(\.resumeToken) == ["token 0", "token 1"] && updates.map(\.isRestart) == [true, false])
            let error = try await failure { _ = try await Self.collect(client.watch(.all, resumeToken: "no token")) }
            #expect(error.code == .invalidToken)
        }
    }

    @Test func refused() async throws {
        var script = ScriptedService.Script()
        script.watchJobs = { _, _ in throw gatewayError(.notFound, "BATCH_NOT_FOUND", "there is no batch") }
        try await withGateway(script) { client, _ in
            let error = try await failure { _ = try await Self.collect(client.watch(.batch("b"))) }
            #expect(error.code == .batchNotFound)
        }
    }

    @Test func patience() async throws {
        var script = ScriptedService.Script()
        script.watchJobs = { _, writer in
            try await writer.write(.with { $0.resumeToken = "t" })
            try await Task.sleep(for: .seconds(60))
        }
        try await withGateway(script, adjust: { $0.watchPatience = .milliseconds(500) }) { client, gateway in
            let error = try await failure {
                for try await _ in client.watch(.all) { await gateway.breakOff() }
            }
            #expect(error.code == .gatewayUnreachable, "\(error)")
        }
    }

    /// What nobody takes is not read: the gateway is held up instead.
    @Test func backPressure() async throws {
        let written = Shared(0)
        var script = ScriptedService.Script()
        let text = String(repeating: "x", count: 100_000)
        script.watchJobs = { _, writer in
            for number in 0..<2000 {
                try await writer.write(.with { $0.jobs = [Dragoman_V1_Job("\(number)", text: text)] })
                written.value = number
            }
        }
        try await withGateway(script) { client, _ in
            var iterator = client.watch(.all).makeAsyncIterator()
            #expect(try await iterator.next()?.jobs.first?.id == "0")
            // As long as more is coming.
            var last = -1
            while written.value != last {
                last = written.value
                try await Task.sleep(for: .milliseconds(300))
            }
            #expect(last < 1000, "\(last) of 2000 updates of 100 KB were sent")
            #expect(try await iterator.next()?.jobs.first?.id == "1")
        }
    }

    /// More than what gRPC takes without being told.
    @Test func largeUpdates() async throws {
        var script = ScriptedService.Script()
        let text = String(repeating: "x", count: 1_000_000)
        script.watchJobs = { _, writer in
            try await writer.write(.with { $0.jobs = (0..<10).map { Dragoman_V1_Job("\($0)", text: text) } })
        }
        script.listJobs = { _ in .with { $0.jobs = (0..<10).map { Dragoman_V1_Job("\($0)", text: text) } } }
        try await withGateway(script) { client, _ in
            let watched = try await Self.collect(client.watch(.batch("b")))
            let listed = try await client.jobs().reduce(into: []) { $0.append($1.result?.text) }
            #expect(watched.count == 10 && listed == Array(repeating: text, count: 10))
        }
    }

    @Test func cancellation() async throws {
        let ended = AsyncStream<Void>.makeStream()
        var script = ScriptedService.Script()
        script.watchJobs = { _, writer in
            try await withRPCCancellationHandler {
                try await writer.write(.with { $0.resumeToken = "t" })
                try await Task.sleep(for: .seconds(30))
            } onCancelRPC: {
                ended.continuation.finish()
            }
        }
        try await withGateway(script) { client, _ in
            let task = Task {
                for try await _ in client.watch(.all) { withUnsafeCurrentTask { $0?.cancel() } }
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            // The gateway hears of it.
            for await _ in ended.stream {}
        }
    }

    /// A watch that nobody goes through any more ends, though nobody cancels it.
    @Test func leavingTheLoop() async throws {
        let ended = AsyncStream<Void>.makeStream()
        var script = ScriptedService.Script()
        script.watchJobs = { _, writer in
            try await withRPCCancellationHandler {
                for number in 0..<1000 { try await writer.write(.with { $0.resumeToken = "\(number)" }) }
                try await Task.sleep(for: .seconds(30))
            } onCancelRPC: {
                ended.continuation.finish()
            }
        }
        try await withGateway(script) { client, _ in
            for try await _ in client.watch(.all) { break }
            for await _ in ended.stream {}
        }
    }

    @Test func resultOfAJob() async throws {
        var script = ScriptedService.Script()
        script.submitJob = { request in Dragoman_V1_Job(request.job.id, batch: request.job.batchID) }
        let watches = Shared(0)
        script.watchJobs = { request, writer in
            #expect(request.jobIds == ["a"])
            try await writer.write(.with { $0.jobs = [Dragoman_V1_Job("a", batch: "mine")] })
            try await writer.write(.with { $0.jobs = [Dragoman_V1_Job("a", batch: "another", text: "wrong")] })
            watches.value += 1
            guard watches.value > 1 else { return }
            try await writer.write(.with { $0.jobs = [Dragoman_V1_Job("a", batch: "mine", text: "right")] })
        }
        let text = try await withGateway(script) { client, _ in
            let job = try await client.submit(TranslationJob(uri: "file:///a.wav", id: "a", batchID: "mine"))
            return try await client.result(of: job).text
        }
        #expect(text == "right")
    }
}
