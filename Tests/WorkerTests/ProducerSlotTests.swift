import Jobs
import Kafka
import Logging
import Synchronization
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct ProducerSlotTests {
    private let record = KafkaProducerRecord(topic: "t", key: nil, value: [1])

    @Test(arguments: [
        KafkaError(.fatal, "m"), KafkaError(.other, "m", brokerError: "OUT_OF_ORDER_SEQUENCE_NUMBER"),
        KafkaError(.other, "m", brokerError: "UNKNOWN_PRODUCER_ID"),
    ])
    func producerThatCannotGoOnIsReplaced(error: KafkaError) async throws {
        let first = ScriptedWriter { _ in throw error }
        let second = ScriptedWriter()
        let writers = Mutex([second, first])
        let slot = ProducerSlot(logger: .silent) { try #require(writers.withLock { $0.popLast() }) }
        let thrown = await #expect(throws: KafkaError.self) { try await slot.write(record) }
        #expect(thrown?.isRetriable == true && thrown?.brokerError == error.brokerError)
        try await slot.write(record)
        try await slot.write(record)
        #expect(second.records == [record, record] && !second.isClosed)
        while !first.isClosed { await Task.yield() }
        await slot.close(timeout: .seconds(1))
        #expect(second.isClosed)
        let late = await #expect(throws: KafkaError.self) { try await slot.write(record) }
        #expect(late?.code == .closed && late?.isRetriable == false)
    }

    @Test func otherErrorsAreNoReason() async throws {
        let made = Atomic(0)
        let slot = ProducerSlot(logger: .silent) {
            made.add(1, ordering: .relaxed)
            return ScriptedWriter { _ in throw KafkaError(.messageTooLarge, "m") }
        }
        for _ in 0..<3 { await #expect(throws: KafkaError.self) { try await slot.write(record) } }
        let count = made.load(ordering: .relaxed)
        #expect(count == 1)
    }

    @Test func noProducerIsMadeAfterTheEnd() async throws {
        let slot = ProducerSlot(logger: .silent) {
            Issue.record("a producer was made")
            return ScriptedWriter()
        }
        await slot.close(timeout: .seconds(1))
        await #expect(throws: KafkaError.self) { try await slot.write(record) }
    }

    @Test func realProducer() async throws {
        let fleet = try Fleet()
        let slot = ProducerSlot(logger: fleet.logger) { [kafka = fleet.kafka, logger = fleet.logger] in
            try KafkaProducer(configuration: kafka, logger: logger)
        }
        try await slot.write(
            KafkaProducerRecord(topic: fleet.topics.retries(.oneHour), partition: 3, key: [1], value: [2]))
        let written = try #require(try await fleet.records(fleet.topics.retries(.oneHour), count: 1).first)
        #expect(written.partition == 3 && written.key == [1] && written.value == [2])
        await slot.close(timeout: .seconds(5))
    }
}
