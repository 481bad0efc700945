import Logging
import Testing

@testable import Kafka

/// What happens when a broker comes back without its data.
@Suite struct DataLossTests {
    /// A broker, a topic on it with two partitions of which the first has 20 records, and what is logged.
    private struct Scene {
        let broker: IndependentBroker
        let configuration: KafkaConfiguration
        let logger: Logger
        let lines: LogCollector.Lines

        init() async throws {
            broker = try await IndependentBroker()
            configuration = KafkaConfiguration(
                bootstrapServers: broker.address,
                properties: ["session.timeout.ms": "6000", "heartbeat.interval.ms": "500"], requestTimeout: .seconds(20)
            )
            (logger, lines) = LogCollector.make()
            try await createTopic()
            try await write(20)
        }

        func createTopic() async throws {
            let admin = try KafkaAdmin(configuration: configuration, logger: .silent)
            let plan = KafkaTopicPlan(name: "jobs", partitions: 2)
            for case let error? in try await admin.createTopics([plan]).values where error.code != .topicExists {
                throw error
            }
            await admin.close()
        }

        func write(_ count: Int) async throws {
            let producer = try KafkaProducer(configuration: configuration, logger: .silent)
            let record = KafkaProducerRecord(topic: "jobs", partition: 0, key: nil, value: [1])
            try await producer.send(Array(repeating: record, count: count))
            await producer.close()
        }

        /// Has the broker lose everything.
        /// - Parameter gap: How long the topic does not exist.
        func loseData(gap: Duration = .zero) async throws {
            broker.kill()
            try await broker.start()
            try await Task.sleep(for: gap)
            try await createTopic()
        }

        func hasWarned(of words: String...) async throws {
            try await withDeadline {
                while !lines.texts().contains(where: { text in words.allSatisfy(text.contains) }) {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
    }

    /// At once, or after its clients had the time to see that it was gone.
    @Test(arguments: [Duration.zero, .seconds(12)])
    func groupGoesOnWithTheNewRecords(gap: Duration) async throws {
        let scene = try await Scene()
        let consumer = try KafkaGroupConsumer(
            configuration: scene.configuration, group: "g", topics: ["jobs"], bufferLimit: 100, logger: scene.logger)
        let before = try await consumer.records.take(20)
        let offset = KafkaOffset(topic: "jobs", partition: 0, offset: 20, epoch: before.first?.epoch)
        #expect(try await consumer.commit([offset]).isEmpty)
        try await scene.loseData(gap: gap)
        try await scene.write(3)
        // The first may come in the old assignment, and again after the group was joined anew.
        let after = try await consumer.records.take(3)
        #expect(after.map(\.record.offset) == [0, 1, 2])
        await consumer.close(timeout: .seconds(1))
    }

    @Test func tailGoesOnAtTheBeginning() async throws {
        let scene = try await Scene()
        let reader = try KafkaReader(configuration: scene.configuration, logger: scene.logger)
        let sequence = try await reader.read(topic: "jobs", from: [0: 15, 1: 0], until: .never)
        #expect(try await sequence.take(5).map(\.offset) == Array(15..<20))
        try await scene.loseData()
        try await scene.write(3)
        #expect(try await sequence.take(3).map(\.offset) == [0, 1, 2])
        try await scene.hasWarned(of: "jobs[0]", "offset 20", "lost")
        await reader.close()
    }

    @Test func followerGoesOnAtTheBeginning() async throws {
        let scene = try await Scene()
        let (stream, continuation) = AsyncStream.makeStream(of: Int64.self)
        let follower = try KafkaFollower(configuration: scene.configuration, topic: "jobs", logger: scene.logger) {
            for record in $0 { continuation.yield(record.offset) }
        }
        #expect(try await follower.follow([0: 18, 1: 0]) == [0: 20, 1: 0])
        #expect(try await stream.take(2) == [18, 19])
        try await scene.loseData(gap: .seconds(3))
        try await scene.write(3)
        #expect(try await stream.take(3) == [0, 1, 2])
        // A follower with a memory of the old log begins at the beginning, too.
        follower.stop([0])
        #expect(try await follower.follow([0: 20]) == [0: 3])
        #expect(try await stream.take(3) == [0, 1, 2])
        try await scene.hasWarned(of: "jobs[0]", "offset 20", "from 0 up to 3")
        await follower.close()
    }

    @Test func producerBeginsANewSequence() async throws {
        let scene = try await Scene()
        let producer = try KafkaProducer(configuration: scene.configuration, logger: scene.logger)
        for _ in 0..<5 { try await producer.send(topic: "jobs", partition: 0, key: nil, value: [1]) }
        try await scene.loseData()
        let (position, failures) = try await withDeadline {
            var failures: [KafkaError] = []
            while true {
                do {
                    return (try await producer.send(topic: "jobs", partition: 0, key: nil, value: [2]), failures)
                } catch let error as KafkaError where error.isRetriable {
                    failures.append(error)
                }
            }
        }
        #expect(position.offset == 0)
        #expect(failures.count <= 1)
        #expect(failures.allSatisfy { $0.message.contains("jobs[0]") && $0.message.contains("lost") })
        await producer.close()
    }
}
