import Foundation
import Jobs
import Kafka
import TestSupport
import Testing

/// `/healthz` says whether a worker gets on by its own clock: neither its broker's health nor the length of a job matters.
@Suite(.timeLimit(.minutes(6))) struct WorkerHealthTests {
    private static let limit = 16

    @Test func onlyAStuckEngineIsUnhealthy() async throws {
        async let stuck = Self.worker(at: "hang")
        async let busy = Self.worker(at: "sleep=600000")
        async let cut = Self.worker(at: nil)
        let workers = try await [stuck, busy, cut]
        for each in workers {
            #expect(try await Scrape.get(each.address, "/healthz").status == 200)
            #expect(try await Scrape.get(each.address, "/startupz").status == 200)
        }
        try await workers[2].fleet.stopBroker()

        let reason = try await waitFor(Self.limit) {
            let answer = try await Scrape.get(workers[0].address, "/healthz")
            return answer.status == 503 ? answer.text : nil
        }
        #expect(reason.hasPrefix("no progress: the engine has 1 job"), "\(reason)")
        let ended = try await workers[0].process.tool.outcome()
        #expect(ended.status == 5)
        // The others have had as long.
        for (each, name) in [(workers[1], "busy"), (workers[2], "cut")] {
            let answer = try await Scrape.get(each.address, "/healthz")
            #expect(answer.status == 200, "\(name): \(answer.text)")
            #expect(each.process.tool.isRunning)
        }
        let scrape = try await Scrape(workers[1].address)
        #expect(scrape.sum("dragoman_jobs_in_flight", #"lane="interactive""#) == 1)
        let now = Date().timeIntervalSince1970
        #expect(abs(scrape.sum("dragoman_engine_last_progress_timestamp_seconds") - now) < Double(Self.limit) / 2)
        print("stuck: \(reason)ended with \(ended.status); a long job and a worker without its broker: ok")
    }

    private struct Worker: Sendable {
        let fleet: TestFleet
        let process: ChaosWorker
        let address: String
    }

    /// A worker that has begun a job, or waits for one.
    private static func worker(at plan: String?) async throws -> Worker {
        let fleet = try await TestFleet(.embedded, partitions: 1)
        if let plan {
            var job = TranslationJob()
            job.id = "a"
            job.audio.uri = "chaos:a?\(plan)"
            try await FleetRecords(fleet).write([
                KafkaProducerRecord(
                    topic: fleet.prefix + "jobs", key: Array("a".utf8), value: try MessageCodec.encode(job, as: .json))
            ])
        }
        let process = try ChaosWorker(
            fleet, ["--http-listen", "127.0.0.1:0", "--standstill-limit", "\(Self.limit)"])
        let address = try await waitFor(30) { process.httpAddress }
        _ = try await waitFor(30) { () -> Bool? in
            guard try await Scrape.get(address, "/readyz").status == 200 else { return nil }
            guard plan != nil else { return true }
            return try await Scrape(address).sum("dragoman_jobs_in_flight") == 1 ? true : nil
        }
        return Worker(fleet: fleet, process: process, address: address)
    }
}
