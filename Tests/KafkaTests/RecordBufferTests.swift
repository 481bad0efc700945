import Testing

@testable import Kafka

@Suite struct RecordBufferTests {
    @Test func throttleComesAtTheLimitAndGoesAtHalf() async throws {
        let buffer = RecordBuffer<Int>(limit: 4)
        for number in 0..<4 {
            #expect(buffer.room > 0)
            buffer.append([number])
        }
        #expect(buffer.room == 0)
        #expect(try await buffer.next(atMost: 1).first == 0)
        #expect(buffer.room == 0)
        #expect(try await buffer.next(atMost: 1).first == 1)
        #expect(buffer.room > 0)
        buffer.append([4])
        buffer.append([5])
        #expect(buffer.room == 0)
        buffer.removeAll { $0.isMultiple(of: 2) }
        #expect(buffer.room > 0)
        #expect(try await buffer.next(atMost: 1).first == 3)
        #expect(try await buffer.next(atMost: 1).first == 5)
    }

    @Test func waitersAreServedOnceEach() async throws {
        let buffer = RecordBuffer<Int>(limit: 1000)
        let sum = try await withThrowingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    var sum = 0
                    while let number = try await buffer.next(atMost: 1).first { sum += number }
                    return sum
                }
            }
            for number in 1...1000 { buffer.append([number]) }
            buffer.finish()
            return try await group.reduce(0, +)
        }
        #expect(sum == 500_500)
    }

    @Test func waitersTakeAsMuchAsTheyWant() async throws {
        let buffer = RecordBuffer<Int>(limit: 10)
        let waiter = Task { try await buffer.next(atMost: 3) }
        // The waiter is served directly if it waits already, and from the buffer if not.
        buffer.append([1, 2, 3, 4, 5])
        #expect(try await waiter.value == [1, 2, 3])
        #expect(try await buffer.next(atMost: .max) == [4, 5])
        buffer.append([6])
        buffer.finish()
        #expect(try await buffer.next(atMost: .max) == [6])
        #expect(try await buffer.next(atMost: .max).isEmpty)
    }

    @Test func roomIsAnnounced() async throws {
        let (rooms, announcement) = AsyncStream.makeStream(of: Void.self)
        let buffer = RecordBuffer<Int>(limit: 4) { announcement.yield() }
        buffer.append([1, 2, 3])
        #expect(buffer.room == 1)
        _ = try await buffer.next(atMost: 1)
        buffer.append([4, 5])
        _ = try await buffer.next(atMost: 1)
        #expect(buffer.room == 0)
        _ = try await buffer.next(atMost: 1)
        #expect(buffer.room == 2)
        announcement.finish()
        #expect(await rooms.reduce(0) { count, _ in count + 1 } == 1)
    }

    @Test func cancelledTaskLosesNothing() async throws {
        let buffer = RecordBuffer<Int>(limit: 10)
        for number in 0..<200 {
            let waiter = Task { try await buffer.next(atMost: 1).first }
            Task { waiter.cancel() }
            buffer.append([number])
            if try await waiter.value == nil { #expect(try await buffer.next(atMost: 1).first == number) }
        }
    }

    @Test func endsDeliverWhatIsHeldOrDropIt() async throws {
        let error = KafkaError(.fatal, "gone")
        let failed = RecordBuffer<Int>(limit: 10)
        failed.append([1])
        failed.finish(throwing: error)
        failed.append([2])
        #expect(try await failed.next(atMost: 1).first == 1)
        await #expect(throws: KafkaError.self) { try await failed.next(atMost: 1).first }
        let cancelled = RecordBuffer<Int>(limit: 10)
        cancelled.append([1])
        cancelled.cancel()
        #expect(try await cancelled.next(atMost: 1).first == nil)
    }
}
