import Jobs
import Kafka
import Synchronization
import TestSupport
import Testing
import Worker

/// Against a real client and a broker that is not of our making (librdkafka's mock cluster).
@Suite struct WorkerServiceTests {
    @Test(.timeLimit(.minutes(5)))
    func jobsBecomeResults() async throws {
        let fleet = try Fleet()
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { samples, _ in
                .saying(samples.count == 8000 ? "8000" : String(repeating: "x", count: 2_000_000))
            })
        let work = Task { try await service.run() }
        let producer = try KafkaProducer(configuration: fleet.kafka, logger: fleet.logger)
        let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

        // Plain JSON without any header, protobuf with all of them, something unreadable, a job that fails,
        // and one whose result can't be sent.
        let plain = try MessageCodec.encode(fleet.job("plain"), as: .json)
        try await producer.send(topic: fleet.topics.jobs, partition: 1, key: nil, value: plain)
        let headers = MessageCodec.headers(
            for: TranslationJob.self, format: .protobuf, id: "full/0", source: "test",
            cause: [MessageHeader(.traceParent, trace)])
        let full = try MessageCodec.encode(fleet.job("full"), as: .protobuf)
        try await producer.send(
            topic: fleet.topics.bulkJobs, partition: 2, key: Array("full".utf8), value: full,
            headers: headers.map { KafkaHeader(key: $0.name, value: $0.value) })
        let custom = KafkaHeader(key: "mine", value: "kept")
        try await producer.send(
            topic: fleet.topics.jobs, partition: 3, key: Array("broken".utf8), value: [0xFF, 0xFE], headers: [custom])
        var missing = try fleet.job("missing")
        missing.audio.uri += ".not-there"
        try await producer.send(
            topic: fleet.topics.jobs, partition: 3, key: nil, value: MessageCodec.encode(missing, as: .json))

        var verbose = try fleet.job("verbose")
        verbose.audio.end = 0.25
        try await producer.send(
            topic: fleet.topics.jobs, partition: 3, key: nil, value: MessageCodec.encode(verbose, as: .json))

        let records = try await fleet.records(fleet.topics.results, count: 5)
        let results = try Dictionary(uniqueKeysWithValues: records.map { ($0.key, (try $0.result(), $0)) })

        let (plainResult, plainRecord) = try #require(results[Array("plain".utf8)])
        #expect(plainResult.status == .ok && plainResult.text == "8000" && plainResult.worker == "w1")
        #expect(plainRecord.partition == 1 && plainRecord.header(.contentType) == "application/json")
        #expect(plainResult.origin.topic == "t.jobs" && plainResult.origin.partition == 1)

        let (fullResult, fullRecord) = try #require(results[Array("full".utf8)])
        #expect(fullResult.status == .ok && fullRecord.partition == 2)
        #expect(fullRecord.header(.contentType) == "application/protobuf" && fullRecord.header(.traceParent) == trace)
        #expect(fullRecord.header(.eventType) == "dragoman.v1.TranslationResult")

        let (brokenResult, brokenRecord) = try #require(results[Array("broken".utf8)])
        #expect(brokenResult.status == .deadLettered && brokenRecord.partition == 3)
        #expect(try #require(results[Array("missing".utf8)]).0.error.reason == .audioNotFound)
        #expect(try #require(results[Array("verbose".utf8)]).0.error.reason == .resultTooLarge)

        let letter = try #require(try await fleet.records(fleet.topics.deadLetters, count: 1).first)
        #expect(letter.value == [0xFF, 0xFE] && letter.key == Array("broken".utf8) && letter.headers.first == custom)
        #expect(letter.header(.reason) == "UNREADABLE_MESSAGE" && letter.header(.failureClass) == "unreadable")
        #expect(letter.header(.attempts) == "1" && letter.header(.worker) == "w1")
        #expect(letter.header(.origin) == "t.jobs/3/0")

        work.cancel()
        try await work.value
        #expect(try await fleet.committed() == [1: 1, 3: 3])
        await producer.close()
    }

    @Test(.timeLimit(.minutes(5)))
    func jobInFlightIsFinishedAndCommitted() async throws {
        let fleet = try Fleet()
        let (started, signalStarted) = AsyncStream<Void>.makeStream()
        let (released, release) = AsyncStream<Void>.makeStream()
        let isCancelled = Atomic(false)
        let service = try fleet.worker(
            "w1",
            engine: ScriptedEngine { _, _ in
                signalStarted.yield()
                for await _ in released { break }
                isCancelled.store(Task.isCancelled, ordering: .relaxed)
                return .saying("finished")
            }, inFlight: 1)
        let producer = try KafkaProducer(configuration: fleet.kafka, logger: fleet.logger)
        for id in ["a", "b"] {
            let value = try MessageCodec.encode(fleet.job(id), as: .json)
            try await producer.send(topic: fleet.topics.jobs, partition: 0, key: nil, value: value)
        }
        let work = Task { try await service.run() }
        for await _ in started { break }
        work.cancel()
        release.yield()
        try await work.value

        let wasCancelled = isCancelled.load(ordering: .relaxed)
        #expect(!wasCancelled)
        let results = try await fleet.records(fleet.topics.results, count: 1)
        #expect(try results.first?.result().text == "finished")
        // The second job is left to whoever comes next.
        #expect(try await fleet.committed() == [0: 1])
        await producer.close()
    }

    @Test func missingTopicsAreNamed() async throws {
        let fleet = try Fleet()
        let configuration = WorkerConfiguration(
            kafka: fleet.kafka, topics: try TopicNames(prefix: "other."), group: "g", name: "w")
        let service = WorkerService(
            configuration: configuration,
            processor: JobProcessor(
                configuration: configuration, engine: ScriptedEngine(), store: FlakyStore(path: "/", failures: .max)),
            logger: fleet.logger)
        let error = await #expect(throws: WorkerError.self) { try await service.run() }
        #expect(error?.code == .missingTopic && error?.message.contains("other.jobs") == true)
    }

    @Test func partitionCountsMustAgree() async throws {
        let topics = try TopicNames(prefix: "t.")
        let broker = try EmbeddedBroker(
            topics: topics.all.map { (name: $0, partitions: $0 == topics.results ? 3 : 4) })
        let fleet = try Fleet()
        let reader = try KafkaReader(
            configuration: KafkaConfiguration(bootstrapServers: broker.bootstrapServers), logger: fleet.logger)
        let error = await #expect(throws: WorkerError.self) { try await TopicCheck.run(topics, reader: reader) }
        #expect(error?.code == .partitionCountsDiffer && error?.message.contains("t.results has 3") == true)
        await reader.close()
    }
}
