import Foundation
import Jobs
import Kafka
import Logging
import TestSupport
import Testing

/// `gather` and `status` as processes, on a batch that nobody had to translate.
@Suite(.timeLimit(.minutes(5))) struct GatherStatusTests {
    private static let batch = "lecture"

    /// Three jobs, the second failed, the third without a result where `isComplete` is false.
    private func prepare(_ broker: BrokerProcess, isComplete: Bool) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let configuration = try KafkaConfiguration(
            properties: KafkaConfiguration.properties(fromFile: broker.configPath))
        let producer = try KafkaProducer(configuration: configuration, logger: logger)
        let topics = try TopicNames()
        var batch = BatchRecord()
        batch.batchID = Self.batch
        batch.jobCount = 3
        batch.jobsTopic = topics.jobs
        batch.submitDate = Date(timeIntervalSince1970: 1_700_000_000)
        for index in 0..<3 {
            var job = TranslationJob()
            job.id = "job-\(index)"
            job.batchID = Self.batch
            job.batchIndex = UInt32(index)
            job.audio.uri = ["file:///a/talk.wav", "file:///b/talk.wav", "file:///b/song.wav"][index]
            let (partition, offset) = try await send(job, job.id, topics.jobs, producer)
            var range = batch.partitions.first { $0.partition == partition } ?? PartitionRange()
            batch.partitions.removeAll { $0.partition == partition }
            range.partition = partition
            range.jobsEnd = offset + 1
            batch.partitions.append(range)
            if index == 2, !isComplete { continue }
            var result = TranslationResult()
            result.jobID = job.id
            result.batchID = Self.batch
            result.batchIndex = job.batchIndex
            result.audio = job.audio
            result.worker = "w"
            result.status = index == 1 ? .failed : .ok
            if index == 1 {
                result.error.reason = .audioCorrupt
            } else {
                result.text = "text \(index)"
                result.audioSeconds = 3600
            }
            _ = try await send(result, job.id, topics.results, producer)
        }
        _ = try await send(batch, Self.batch, topics.batches, producer)
        await producer.close()
    }

    private func send(
        _ message: some WireMessage, _ key: String, _ topic: String, _ producer: KafkaProducer
    ) async throws -> (partition: Int32, offset: Int64) {
        try await producer.send(
            topic: topic, key: Array(key.utf8), value: MessageCodec.encode(message, as: .json))
    }

    @Test func files() async throws {
        let broker = try await BrokerProcess()
        try await prepare(broker, isComplete: true)
        let folder = try TemporaryDirectory()
        func gather(_ arguments: [String]) async throws -> Tool.Outcome {
            try await Tool.run(["gather", Self.batch, "--kafka-config", broker.configPath] + arguments)
        }
        let printed = try await gather(["--json"])
        #expect(printed.status == 1 && printed.lines.count == 3)
        #expect(printed.messages.contains("1 of 3 jobs failed: 1 AUDIO_CORRUPT\n"))
        #expect(printed.messages.contains("  /b/talk.wav: AUDIO_CORRUPT\n"))
        #expect(printed.messages.contains("3 results, 2 h 00 min of audio"))

        let quiet = try await gather(["--output", folder.file("r.jsonl"), "--quiet"])
        #expect(quiet.status == 1 && quiet.output.isEmpty && !quiet.messages.contains("3 results"))
        #expect(try String(contentsOfFile: folder.file("r.jsonl"), encoding: .utf8) == printed.output)
        #expect(try await gather(["-o", folder.file("r.csv"), "--no-progress"]).messages.hasPrefix("dragoman: 1 of 3"))
        #expect(try String(contentsOfFile: folder.file("r.csv"), encoding: .utf8).hasPrefix("file,status,text"))

        #expect(try await gather(["--output-dir", folder.file("texts")]).messages.contains("2 files in"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("texts")).sorted()
        #expect(names == ["song.txt", "talk.1.txt"])
        #expect(try String(contentsOfFile: folder.file("texts/talk.1.txt"), encoding: .utf8) == "text 0\n")
        #expect(try await gather(["--format", "text"]).output == "text 0\n\ntext 2\n")

        let refused = try await gather(["--output", folder.file("no/such/folder")])
        #expect(refused.status == 1 && refused.messages.contains("no/such/folder: No such file or directory"))
        for wrong in [
            ["--output", "x", "--output-dir", "y"], ["--output-dir", "y", "--format", "table"], ["--format", "srt"],
        ] {
            #expect(try await gather(wrong).status == 2)
        }
    }

    @Test func statusOfAll() async throws {
        let broker = try await BrokerProcess()
        try await prepare(broker, isComplete: false)
        func status(_ arguments: [String]) async throws -> Tool.Outcome {
            try await Tool.run(["status", "--kafka-config", broker.configPath] + arguments)
        }
        let batch = try await status([Self.batch])
        #expect(batch.status == 1 && batch.messages.isEmpty)
        #expect(
            batch.output == """
                batch      lecture
                state      running
                submitted  2023-11-14T22:13:20Z, 3 jobs, run 0
                done       2 of 3
                failed     1
                           1 AUDIO_CORRUPT
                waiting    1
                audio      1 h 00 min
                workers    w (2)

                """)
        #expect(
            try await status([Self.batch, "--json"]).output == """
                {"id":"lecture","kind":"batch","state":"running","run":0,"jobs":3,"done":2,"failed":1,\
                "failures":{"AUDIO_CORRUPT":1},"statuses":{"OK":1,"FAILED":1},"waiting":1,"delayed":0,"missing":0,"audio_seconds":3600.0,"workers":{"w":2},\
                "submitted_at":"2023-11-14T22:13:20Z","open_submit_since":null,"first_result_at":null,\
                "last_result_at":null,"losses":[]}

                """)
        let done = try await status(["job-0"])
        #expect(done.status == 0 && done.output.contains("finished: OK") && done.output.contains("text 0"))
        let failed = try await status(["job-1", "--json"])
        #expect(failed.status == 1 && failed.output.contains(#""reason":"AUDIO_CORRUPT""#))
        let waiting = try await status(["job-2"])
        #expect(waiting.status == 0 && waiting.output.contains("being worked on"))
        let unknown = try await status(["nobody"])
        #expect(unknown.status == 1 && unknown.output.contains("unknown"))
        #expect(try await status(["not an id"]).status == 2)
    }

    @Test func submitThatBroke() async throws {
        let broker = try await BrokerProcess()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let configuration = try KafkaConfiguration(
            properties: KafkaConfiguration.properties(fromFile: broker.configPath))
        let producer = try KafkaProducer(configuration: configuration, logger: logger)
        var record = BatchRecord()
        record.batchID = Self.batch
        record.state = .open
        _ = try await send(record, Self.batch, TopicNames().batches, producer)
        await producer.close()
        let gathered = try await Tool.run([
            "gather", Self.batch, "--kafka-config", broker.configPath, "--timeout", "6",
        ])
        #expect(gathered.status == 4 && gathered.output.isEmpty && gathered.messages.contains("--resume"))
        let status = try await Tool.run(["status", Self.batch, "--kafka-config", broker.configPath])
        #expect(status.status == 0 && status.output.contains("still being submitted, or its submit broke"))
    }
}
