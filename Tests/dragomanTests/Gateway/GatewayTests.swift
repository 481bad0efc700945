import Foundation
import TestSupport
import Testing

/// The gateway as others see it: real processes, real brokers, and a client that shares no code with it.
@Suite(.timeLimit(.minutes(12))) struct GatewayTests {
    private struct Streamed: Decodable {
        let ids: [String]
        let accepted: Int
        let duplicates: Int
        let rejected: [String]
    }

    private struct Watched: Decodable {
        let jobs: Int
        let breaks: Int
        let states: [String: Int]
    }

    private struct Found: Decodable {
        struct Job: Decodable {
            let id: String
        }

        let job: Job
        let state: String
    }

    private struct Batch: Decodable {
        let jobCount: Int
        let finishedSubmitting: Bool?
    }

    private struct Counted: Decodable {
        struct Topic: Decodable {
            let ids: [String]
            let records: Int
        }

        let jobs: Topic
        let results: Topic
    }

    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// A thousand jobs in a stream, watched to the end with the stream broken off and gone on with; a batch called off.
    @Test(arguments: BrokerKind.allCases) func submitWatchAndCancel(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        let gateway = try await GatewayProcess(fleet, index: folder.file("index"))
        let client = try GatewayClient()
        let worker = try ChaosWorker(fleet)
        let health: [String: String] = try await client.ask(["health", gateway.address])
        #expect(
            health == [
                "": "SERVING", "dragoman.v1.TranslationService": "SERVING", "no.such.Service": "NOT_FOUND",
                "watch": "SERVING",
            ])

        let uri = ["--uri", "chaos:{id}?sleep=5"]
        let batch = ["--batch", "many", "--count", "1000"] + uri
        let streamed: Streamed = try await client.ask(["stream", gateway.address, "--chunk", "1000"] + batch)
        #expect(streamed.accepted == 1000 && streamed.duplicates == 0 && streamed.rejected.isEmpty)
        let finished: Batch = try await client.ask(["finish", gateway.address] + batch)
        #expect(finished.jobCount == 1000 && finished.finishedSubmitting == true)
        let watched: Watched = try await client.ask(["watch", gateway.address] + batch)
        #expect(watched.jobs == 1000 && watched.states == ["SUCCEEDED": 1000] && watched.breaks > 0)
        // What other ways in and out there are say the same.
        let gathered = try await fleet.run(["gather", "many", "--timeout", "280"])
        #expect(gathered.status == 0 && gathered.lines.count == 1000, "\(gathered.messages)")

        // The same again is the same job, another one is not.
        let again: Streamed = try await client.ask(["stream", gateway.address, "--chunk", "1000"] + batch)
        #expect(again.accepted == 0 && again.duplicates == 1000)
        let same: Found = try await client.ask(["submit", gateway.address, "--batch", "many"] + uri)
        #expect(same.job.id == "many-0" && same.state == "SUCCEEDED")
        let other = try await client.refusal(["submit", gateway.address, "--batch", "many", "--hint", "7"] + uri)
        #expect(other.code == "ALREADY_EXISTS" && other.reason == "JOB_ALREADY_EXISTS")
        #expect(other.domain == "dragoman.v1" && other.metadata?["job_id"] == "many-0")

        // Called off while most of it waits.
        let long = ["--batch", "long", "--count", "100", "--uri", "chaos:{id}?sleep=60000"]
        let _: Streamed = try await client.ask(["stream", gateway.address] + long)
        let _: Batch = try await client.ask(["finish", gateway.address] + long)
        let cancelled: [String: Int] = try await client.ask(["cancel", gateway.address] + long)
        #expect(cancelled == ["unfinished": 100])
        let ended: Watched = try await client.ask(["watch", gateway.address] + long)
        #expect(ended.states == ["CANCELLED": 100])

        worker.tool.send(SIGTERM)
        #expect(try await worker.tool.outcome().status == 0)
        #expect(try await gateway.stop(SIGTERM).status == 0)
    }

    /// The same names at the same time through two gateways: there is one job, and each is told the truth about it.
    @Test(arguments: BrokerKind.allCases) func twoGatewaysAtOnce(kind: BrokerKind) async throws {
        let fleet = try await TestFleet(kind)
        async let first = GatewayProcess(fleet, index: folder.file("first"))
        async let second = GatewayProcess(fleet, index: folder.file("second"))
        let addresses = try await [first.address, second.address].joined(separator: ",")
        let client = try GatewayClient()
        let outcomes: [String: Int] = try await client.ask(["race", addresses, "--batch", "race", "--count", "40"])
        #expect(outcomes == ["same:OK,OK:1": 20, "other:JOB_ALREADY_EXISTS,OK:1": 20])
        // A list that is begun at one goes on at the other.
        let listed: [String] = try await client.ask(["list", addresses, "--batch", "race", "--chunk", "7"])
        #expect(listed.count == 40 && Set(listed).count == 40)
        let wrong = try await client.refusal(["job", addresses, "race-40", "--batch", "race"])
        #expect(wrong.code == "NOT_FOUND" && wrong.reason == "JOB_NOT_FOUND")
    }

    /// Killed while jobs stream in: what was acknowledged is in the topics, and everything counts it once.
    @Test func killedWhileJobsStreamIn() async throws {
        let fleet = try await TestFleet(.embedded)
        let index = folder.file("index")
        var gateway = try await GatewayProcess(fleet, index: index)
        let client = try GatewayClient()
        let jobs = ["--batch", "b", "--count", "10000", "--chunk", "250"]
        // At its own pace all could be there before the test gets its turn on a busy machine.
        let streaming = try client.start(["stream", gateway.address, "--pause", "0.05"] + jobs)
        try await streaming.waitFor { $0.output.split(separator: "\n").count >= 10 }
        _ = try await gateway.stop(SIGKILL)
        let broken = try await streaming.outcome()
        #expect(broken.status == 1)
        let acknowledged = broken.lines.dropLast().compactMap {
            try? JSONDecoder().decode(Streamed.self, from: Data($0.utf8))
        }.flatMap(\.ids)
        #expect((2_500..<10_000).contains(acknowledged.count))

        let count = ["count", "--brokers", fleet.brokers, "--batch", "b"]
        let counted: Counted = try await client.ask(count)
        #expect(Set(counted.jobs.ids).isSuperset(of: acknowledged))
        // It goes on where the file ends.
        gateway = try await GatewayProcess(fleet, index: index)
        var listed: [String] = try await client.ask(["list", gateway.address, "--batch", "b", "--chunk", "1000"])
        #expect(listed.sorted() == counted.jobs.ids)
        // The same again adds what is missing, and nothing else.
        let streamed: Streamed = try await client.ask(
            ["stream", gateway.address, "--chunk", "10000"] + jobs.dropLast(2))
        #expect(streamed.duplicates == counted.jobs.ids.count && streamed.accepted == 10_000 - streamed.duplicates)
        let finished: Batch = try await client.ask(["finish", gateway.address, "--batch", "b", "--count", "10000"])
        #expect(finished.jobCount == 10_000)
        // Somebody else's results, each twice.
        for _ in 0..<2 {
            let answered = try await Program.run(
                client.python, [PythonClient.path, "answer", "--brokers", fleet.brokers])
            #expect(answered.status == 0, "\(answered.messages)")
        }
        let gathered = try await fleet.run(["gather", "b", "--timeout", "280"])
        #expect(gathered.status == 0 && gathered.lines.count == 10_000, "\(gathered.messages)")
        _ = try await gateway.stop(SIGKILL)

        // Made anew from the topics.
        for file in [index, index + "-wal", index + "-shm"] { try? FileManager.default.removeItem(atPath: file) }
        gateway = try await GatewayProcess(fleet, index: index)
        let all: Counted = try await client.ask(count)
        listed = try await client.ask(["list", gateway.address, "--batch", "b", "--chunk", "1000"])
        #expect(listed.sorted() == all.jobs.ids && all.jobs.ids.count == 10_000 && all.results.records == 20_000)
        let watched: Watched = try await client.ask(["watch", gateway.address, "--batch", "b", "--count", "10000"])
        #expect(watched.states == ["SUCCEEDED": 10_000])
        let status = try FileManager.default.attributesOfItem(atPath: index)
        #expect(status[.posixPermissions] as? Int == 0o600)
    }
}
