import Dispatch
import Testing

@testable import Worker

@Suite(.timeLimit(.minutes(5))) struct StorageCallsTests {
    @Test func hungCallDoesNotHoldItsCaller() async throws {
        let (calls, hang) = (StorageCalls(patience: .zero), Hang())
        let caller = Task { try await calls.runBlocking { hang.enter() } }
        await hang.waitUntilEntered()
        #expect(calls.hangingCount == 0)
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        #expect(calls.hangingCount == 1)
        hang.end()
        while calls.hangingCount > 0 { await Task.yield() }
    }

    @Test func hungCallDoesNotHoldTheOthers() async throws {
        let (calls, hang) = (StorageCalls(patience: .milliseconds(10)), Hang())
        let hung = Task { try await calls.runBlocking { hang.enter() } }
        await hang.waitUntilEntered()
        #expect(try await calls.runBlocking { 7 } == 7)
        hang.end()
        try await hung.value
    }

    @Test func oneAfterAnother() async throws {
        let (calls, hang) = (StorageCalls(patience: .seconds(3600)), Hang())
        let first = Task { try await calls.runBlocking { hang.enter() } }
        await hang.waitUntilEntered()
        let second = Task { try await calls.runBlocking { hang.isOver } }
        await Task.yield()
        hang.end()
        try await first.value
        #expect(try await second.value)
    }

    @Test func tooManyHungCallsEndTheWorker() async throws {
        let (calls, hang) = (StorageCalls(limit: 2, patience: .zero), Hang())
        for _ in 0..<2 {
            let caller = Task { try await calls.run { await hang.enterAsynchronously() } }
            await hang.waitUntilEntered()
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
        }
        for _ in 0..<2 {
            let error = await #expect(throws: WorkerError.self) { try await calls.runBlocking {} }
            #expect(error?.code == .storageHangs)
        }
        hang.end()
        while calls.hangingCount > 0 { await Task.yield() }
        // It was not the end: the turn was not lost with those that were refused.
        try await calls.runBlocking {}
        try await calls.runBlocking {}
    }

    @Test func failureIsTheCallers() async throws {
        struct Trouble: Error {}
        let calls = StorageCalls()
        await #expect(throws: Trouble.self) { try await calls.runBlocking { throw Trouble() } }
        await #expect(throws: Trouble.self) { try await calls.run { throw Trouble() } }
        try await calls.runBlocking {}
    }
}
