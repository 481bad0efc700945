import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct AsyncSemaphoreTests {
    @Test func onlySoManyAtOnce() async throws {
        let semaphore = AsyncSemaphore(permits: 3)
        let concurrency = Concurrency()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask { try await semaphore.withPermit { await concurrency.visit() } }
            }
            try await group.waitForAll()
        }
        #expect((1...3).contains(concurrency.peak))
    }

    @Test func cancelledWaiterLeaves() async throws {
        let semaphore = AsyncSemaphore(permits: 1)
        try await semaphore.acquire()
        let waiter = Task { try await semaphore.acquire() }
        await Task.yield()
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        // The permit was not lost with it.
        semaphore.release()
        try await semaphore.acquire()
    }

    @Test func failureGivesThePermitBack() async throws {
        struct Trouble: Error {}
        let semaphore = AsyncSemaphore(permits: 1)
        await #expect(throws: Trouble.self) { try await semaphore.withPermit { throw Trouble() } }
        try await semaphore.acquire()
    }

    @Test func whoWantsMuchIsNotPassedBy() async throws {
        let semaphore = AsyncSemaphore(permits: 3)
        try await semaphore.acquire(2)
        let (order, turn) = AsyncStream<String>.makeStream()
        let much = Task {
            try await semaphore.acquire(3)
            turn.yield("much")
            semaphore.release(3)
        }
        while semaphore.waitingCount < 1 { await Task.yield() }
        let little = Task {
            try await semaphore.acquire()
            turn.yield("little")
            semaphore.release()
        }
        while semaphore.waitingCount < 2 { await Task.yield() }
        #expect(semaphore.taken == 2)
        semaphore.release(2)
        try await much.value
        try await little.value
        turn.finish()
        #expect(await order.reduce(into: []) { $0.append($1) } == ["much", "little"] && semaphore.taken == 0)
    }

    @Test func whoLeavesLetsThoseBehindPass() async throws {
        let semaphore = AsyncSemaphore(permits: 3)
        try await semaphore.acquire(2)
        let much = Task { try await semaphore.acquire(3) }
        while semaphore.waitingCount < 1 { await Task.yield() }
        let little = Task { try await semaphore.acquire() }
        while semaphore.waitingCount < 2 { await Task.yield() }
        much.cancel()
        await #expect(throws: CancellationError.self) { try await much.value }
        try await little.value
        #expect(semaphore.taken == 3)
    }

    @Test func whatIsTakenWithoutWaitingIsMissing() async throws {
        let semaphore = AsyncSemaphore(permits: 1)
        semaphore.release(-2)
        #expect(semaphore.taken == 2)
        let waiter = Task { try await semaphore.acquire() }
        while semaphore.waitingCount < 1 { await Task.yield() }
        semaphore.release()
        #expect(semaphore.waitingCount == 1)
        semaphore.release()
        try await waiter.value
    }
}
