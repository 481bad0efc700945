import DragomanClient
import FoundationEssentials
import GRPCCore
import SwiftProtobuf
import Synchronization
import Testing
import TranslationAPI

@Suite(.timeLimit(.minutes(5))) struct CallTests {
    /// Counts, over several calls.
    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }

        var value: Int { count.withLock { $0 } }
    }

    /// The id is derived before the first attempt: what is sent again is the same job.
    @Test func unavailableThenOK() async throws {
        let attempts = Counter()
        let requests = Mutex<[Dragoman_V1_SubmitJobRequest]>([])
        var script = ScriptedService.Script()
        script.submitJob = { request in
            requests.withLock { $0.append(request) }
            switch attempts.next() {
            case 1: throw RPCError(code: .unavailable, message: "starting")
            case 2: throw gatewayError(.unavailable, "BROKERS_UNAVAILABLE", "no broker answers")
            default: return Dragoman_V1_Job(request.job.id)
            }
        }
        let job = try await withGateway(script) { client, _ in
            try await client.submit(TranslationJob(uri: "file:///a.wav", into: "de"), lane: .bulk)
        }
        let sent = requests.withLock { $0 }
        #expect(job.id == TranslationJob(uri: "file:///a.wav", into: "de").derivedID && job.state == .waiting)
        #expect(sent.count == 3 && Set(sent).count == 1 && sent[0].job.id == job.id)
        #expect(sent[0].lane == .bulk && !sent[0].validateOnly)
    }

    @Test func unavailableForGood() async throws {
        let attempts = Counter()
        var script = ScriptedService.Script()
        script.getBatch = { _ in
            _ = attempts.next()
            throw gatewayError(.unavailable, "BROKERS_UNAVAILABLE", "no broker answers")
        }
        let error = try await withGateway(script, adjust: { $0.retry.attempts = 3 }) { client, _ in
            try await failure { _ = try await client.batch("b") }
        }
        #expect(attempts.value == 3)
        #expect(error.code == .brokersUnavailable && error.isRetriable && error.statusCode == 14)
        #expect("\(error)" == "no broker answers")
    }

    @Test func nobodyThere() async throws {
        let gateway = try await TestGateway(ScriptedService.Script())
        await gateway.breakOff()
        var configuration = try await gateway.configuration
        configuration.retry.attempts = 3
        let error = try await DragomanClient.with(configuration) { client in
            try await failure { _ = try await client.lag() }
        }
        #expect(error.code == .gatewayUnreachable && error.isRetriable)
        #expect(error.message.hasPrefix("the gateway at \(await gateway.endpoint) can't be reached: "))
        #expect(error.message.contains("refused"), "\(error)")
    }

    @Test func nameThatDoesNotExist() async throws {
        var configuration = try DragomanClient.Configuration(endpoint: "gateway.invalid:80", security: .plaintext)
        configuration.retry = .never
        let error = try await DragomanClient.with(configuration) { client in
            try await failure { _ = try await client.lag() }
        }
        #expect(error.code == .gatewayUnreachable, "\(error)")
    }

    /// A gateway that comes back within the call's time is found.
    @Test func gatewayThatComesBack() async throws {
        var script = ScriptedService.Script()
        script.getBatch = { _ in Dragoman_V1_Batch.with { $0.jobCount = 7 } }
        let count = try await withGateway(script) { client, gateway in
            _ = try await client.batch("b")
            await gateway.breakOff()
            async let batch = client.batch("b")
            try await Task.sleep(for: .milliseconds(100))
            try await gateway.start()
            return try await batch.jobCount
        }
        #expect(count == 7)
    }

    @Test func deadline() async throws {
        var script = ScriptedService.Script()
        script.getJob = { _ in
            try await Task.sleep(for: .seconds(60))
            return Dragoman_V1_Job()
        }
        let start = ContinuousClock.now
        let error = try await withGateway(script) { client, _ in
            try await failure { _ = try await client.job("j", timeout: .milliseconds(200)) }
        }
        #expect(error.code == .deadlineExceeded && error.isRetriable && error.message.contains("in time"))
        #expect(start.duration(to: .now) < .seconds(30))
    }

    @Test func cancellation() async throws {
        var script = ScriptedService.Script()
        let began = AsyncStream<Void>.makeStream()
        script.getJob = { _ in
            began.continuation.finish()
            try await Task.sleep(for: .seconds(60))
            return Dragoman_V1_Job()
        }
        try await withGateway(script) { client, _ in
            let task = Task { try await client.job("j") }
            for await _ in began.stream {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func reasons() async throws {
        var script = ScriptedService.Script()
        script.getJob = { request in
            switch request.jobID {
            case "unknown": throw gatewayError(.notFound, "JOB_NOT_FOUND", "there is no job 'unknown'")
            case "quota":
                throw gatewayError(
                    .resourceExhausted, "QUOTA_EXCEEDED", "too many", ["retry_after_seconds": "1000.5"])
            case "newer": throw gatewayError(.failedPrecondition, "MOON_NOT_FULL", "wait", ["phase": "new"])
            case "foreign": throw gatewayError(.notFound, "JOB_NOT_FOUND", "proxy", domain: "proxy.example")
            default: throw RPCError(code: .dataLoss, message: "gone")
            }
        }
        try await withGateway(script) { client, _ in
            func error(_ id: String) async throws -> DragomanError {
                try await failure { _ = try await client.job(id) }
            }
            let unknown = try await error("unknown")
            #expect(unknown.code == .jobNotFound && !unknown.isRetriable && unknown.statusCode == 5)
            #expect("\(unknown)" == "there is no job 'unknown'")
            let quota = try await error("quota")
            #expect(quota.code == .quotaExceeded && quota.isRetriable && quota.retryAfter == .seconds(1000.5))
            let newer = try await error("newer")
            #expect(newer.code.rawValue == "MOON_NOT_FULL" && newer.metadata == ["phase": "new"] && !newer.isRetriable)
            let foreign = try await error("foreign")
            #expect(foreign.code == .other && "\(foreign)".contains("proxy"))
            let other = try await error("x")
            #expect(other.code == .other && other.statusCode == 15 && "\(other)".contains("gone"))
            let unscripted = try await failure { _ = try await client.lag() }
            #expect(unscripted.code == .other)
        }
    }

    /// A quota that has room again within the call's time is waited for.
    @Test func quotaThatPasses() async throws {
        let attempts = Counter()
        var script = ScriptedService.Script()
        script.submitJob = { request in
            guard attempts.next() > 1 else {
                throw gatewayError(.resourceExhausted, "QUOTA_EXCEEDED", "too many", ["retry_after_seconds": "0.05"])
            }
            return Dragoman_V1_Job(request.job.id)
        }
        let job = try await withGateway(script) { client, _ in
            try await client.submit(TranslationJob(uri: "file:///a.wav", id: "a"))
        }
        #expect(job.id == "a" && attempts.value == 2)
    }

    @Test func requestsAndAnswers() async throws {
        var script = ScriptedService.Script()
        script.submitJob = { request in
            #expect(request.validateOnly && request.lane == .interactive)
            return Dragoman_V1_Job(request.job.id)
        }
        script.finishBatch = { request in
            #expect(request.batchID == "b" && request.run == 2 && request.jobCount == 3 && request.labels == ["k": "v"])
            return .with {
                $0.batchID = request.batchID
                $0.run = request.run
                $0.finishedSubmitting = true
                $0.states = [
                    .with {
                        $0.state = .succeeded
                        $0.count = 2
                    },
                    .with {
                        $0.state = .waiting
                        $0.count = 1
                    },
                    .with {
                        $0.state = .UNRECOGNIZED(99)
                        $0.count = 4
                    },
                ]
                $0.createTime = .init(seconds: 1_700_000_000, nanos: 500_000_000)
                // What no time can be.
                $0.finishTime = .init(seconds: .max)
            }
        }
        script.cancelJobs = { request in
            #expect(request.jobIds == ["a"] && request.maxRun == 1 && request.reason == "why")
            return .with { $0.unfinishedCount = 5 }
        }
        script.getLag = {
            .with {
                $0.partitions = [
                    .with {
                        $0.topic = "jobs"
                        $0.endOffset = 7
                        $0.lag = 7
                        $0.waitingCount = 5
                        $0.audioSeconds = 2.5
                    }
                ]
                $0.backlogs = [
                    .with {
                        $0.topic = "jobs"
                        $0.waitingCount = 5
                        $0.drainRate.jobsPerSecond = 0.5
                        $0.timeToEmpty.seconds = 10
                    }
                ]
            }
        }
        try await withGateway(script) { client, _ in
            #expect(try await client.validate(TranslationJob(uri: "file:///a.wav", id: "a")).id == "a")
            let batch = try await client.finishBatch("b", run: 2, jobCount: 3, labels: ["k": "v"])
            #expect(batch.states == [.succeeded: 2, .waiting: 1, .other(99): 4] && batch.finishedCount == 2)
            #expect(batch.createDate?.timeIntervalSince1970 == 1_700_000_000.5 && batch.finishDate == nil)
            #expect(try await client.cancel(jobs: ["a"], maxRun: 1, reason: "why") == 5)
            let lag = try await client.lag()
            #expect(lag.count == 1 && lag[0].lag == 7 && lag[0].committedOffset == nil && lag[0].owner == nil)
            #expect(lag[0].waiting == 5 && lag[0].audioSeconds == 2.5 && lag[0].oldest == nil)
            let lanes = try await client.backlog().lanes
            #expect(lanes.count == 1 && lanes[0].waiting == 5 && lanes[0].audioSeconds == nil)
            #expect(lanes[0].drainRate?.jobs == 0.5 && lanes[0].timeToEmpty?.seconds == 10)
            #expect(lanes[0].timeToEmpty?.most == nil)
        }
    }
}
