import Synchronization
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(1))) struct JobTasksTests {
    @Test func tasksOutliveTheirStarter() async throws {
        let tasks = JobTasks(limit: 2)
        let (gate, opening) = AsyncStream<Void>.makeStream()
        let wasCancelled = Atomic(false)
        let starter = Task {
            try await tasks.start {
                for await _ in gate {}
                wasCancelled.store(Task.isCancelled, ordering: .relaxed)
            }
        }
        try await starter.value
        starter.cancel()
        #expect(tasks.count == 1)
        opening.finish()
        await tasks.waitUntilIdle()
        let cancelled = wasCancelled.load(ordering: .relaxed)
        #expect(tasks.count == 0 && !cancelled)
    }

    @Test func fullHouseIsWaitedForUntilCancelled() async throws {
        let tasks = JobTasks(limit: 1)
        try await tasks.start { try? await Task.sleep(for: .seconds(3600)) }
        let second = Task { try await tasks.start { Issue.record("there was no room") } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        tasks.cancelAll()
        await tasks.waitUntilIdle()
        try await tasks.start {}
        await tasks.waitUntilIdle()
    }
}
