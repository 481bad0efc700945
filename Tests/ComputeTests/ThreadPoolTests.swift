import Synchronization
import Testing

@testable import Compute

@Suite struct ThreadPoolTests {
    @Test(arguments: [1, 2, 4])
    func everyChunkRunsOnce(threads: Int) throws {
        let pool = try ThreadPool(threadCount: threads)
        for round in 0..<2000 {
            let chunks = round % 37
            let counts = Mutex([Int](repeating: 0, count: chunks))
            pool.run(chunks: chunks) { chunk in counts.withLock { $0[chunk] += 1 } }
            #expect(counts.withLock { $0 } == [Int](repeating: 1, count: chunks))
        }
    }

    @Test func sleepingThreadsWakeUpForWork() async throws {
        let pool = try ThreadPool(threadCount: 3)
        for _ in 0..<20 {
            try await Task.sleep(for: .milliseconds(3))
            let sum = Atomic<Int>(0)
            pool.run(chunks: 100) { sum.add($0, ordering: .relaxed) }
            #expect(sum.load(ordering: .relaxed) == 4950)
        }
    }
}
