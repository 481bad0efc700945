import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(1))) struct AsyncSemaphoreTests {
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
}
