import Testing

@testable import Kafka

@Suite struct PendingDeliveriesTests {
    @Test(arguments: [(1, 0), (UInt32.max, 0), (1, 4_294_967_295), (7, 99)] as [(UInt32, Int)])
    func ticketSurvivesLibrdkafka(send: UInt32, index: Int) {
        let ticket = DeliveryTicket(send: send, index: index)
        #expect(ticket.opaque != nil)
        #expect(DeliveryTicket(opaque: ticket.opaque) == ticket)
    }

    @Test func positionsAreInTheOrderOfTheRecords() async throws {
        let pending = PendingDeliveries()
        let (first, second) = (try pending.begin(count: 3), try pending.begin(count: 1))
        for index in [2, 0, 1] {
            pending.finish(DeliveryTicket(send: first, index: index), with: .success((0, Int64(index))))
        }
        pending.finish(DeliveryTicket(send: second, index: 0), with: .success((9, 9)))
        // Nobody waits for these.
        pending.finish(DeliveryTicket(send: 77, index: 0), with: .success((0, 0)))
        #expect(try await pending.wait(for: first).map(\.offset) == [0, 1, 2])
        #expect(try await pending.wait(for: second).map(\.partition) == [9])
    }

    @Test func earliestRecordsFailureCounts() async throws {
        let pending = PendingDeliveries()
        let send = try pending.begin(count: 4)
        pending.abandon(send, from: 3, error: KafkaError(.messageTooLarge, "third"))
        for index in [2, 1] {
            let error = KafkaError(.timedOut, "\(index)")
            pending.finish(DeliveryTicket(send: send, index: index), with: .failure(error))
        }
        let waiting = Task { try await pending.wait(for: send) }
        pending.finish(DeliveryTicket(send: send, index: 0), with: .success((0, 0)))
        let error = await #expect(throws: KafkaError.self) { try await waiting.value }
        #expect(error?.message == "1")
    }

    @Test func sendsEndWithTheProducer() async throws {
        let pending = PendingDeliveries()
        let (open, cancelled) = (try pending.begin(count: 1), try pending.begin(count: 1))
        pending.cancel(cancelled)
        pending.close()
        let closed = await #expect(throws: KafkaError.self) { try await pending.wait(for: open) }
        #expect(closed?.code == .closed)
        await #expect(throws: CancellationError.self) { try await pending.wait(for: cancelled) }
        #expect(throws: KafkaError.self) { try pending.begin(count: 1) }
    }
}
