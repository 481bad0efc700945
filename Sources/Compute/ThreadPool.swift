import CKernels
import Dispatch
import Platform
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A fork-join pool of compute threads: the caller takes part, the others spin for some microseconds and then sleep.
///
/// Chunks are handed out as threads come for them. Results must not depend on which thread runs a chunk: callers cut
/// their work into chunks whose number and borders do not depend on the number of threads.
public final class ThreadPool: Sendable {
    /// Threads that compute, the caller of ``run(chunks:_:)`` included.
    public let threadCount: Int

    private let work: SharedWork
    private let threads: [DedicatedThread]

    /// Starts `threadCount - 1` threads.
    /// - Throws: ``ComputeError`` when the system refuses one.
    public init(threadCount: Int) throws(ComputeError) {
        self.threadCount = max(1, threadCount)
        let work = SharedWork(sleepers: self.threadCount - 1)
        var threads: [DedicatedThread] = []
        do {
            for (index, sleeper) in work.sleepers.enumerated() {
                threads.append(try DedicatedThread { work.serve(sleeper, thread: index + 1) })
            }
        } catch {
            work.stop()
            for thread in threads { thread.join() }
            throw ComputeError(.noThread, "a pool of \(threadCount) compute threads can't be started: \(error)")
        }
        self.work = work
        self.threads = threads
    }

    deinit {
        work.stop()
        for thread in threads { thread.join() }
    }

    /// Runs `body(0)` … `body(chunks - 1)`, each once, on all threads; returns when all are done.
    ///
    /// Not reentrant, and for one caller at a time: an engine runs on one thread.
    public func run(chunks: Int, _ body: (_ chunk: Int) -> Void) {
        run(chunks: chunks) { chunk, _ in body(chunk) }
    }

    /// As ``run(chunks:_:)-((Int)->Void)``, telling the body which of the threads it runs on, `0 ..< threadCount`.
    public func run(chunks: Int, _ body: (_ chunk: Int, _ thread: Int) -> Void) {
        if threadCount == 1 || chunks <= 1 {
            for chunk in 0..<max(0, chunks) { body(chunk, 0) }
        } else {
            work.run(chunks: chunks, body)
        }
    }
}

/// The chunks of the run in progress, and the threads that wait for the next.
private final class SharedWork: @unchecked Sendable {
    // @unchecked: `body` is written before `unclaimed` is raised from zero and read only by threads that have claimed a
    // chunk since; `run` does not return, nor clear it, before every claimed chunk is finished.

    final class Sleeper: Sendable {
        let isSleeping = Atomic<Bool>(false)
        let wakeUp = DispatchSemaphore(value: 0)
    }

    let sleepers: [Sleeper]
    private var body: ((Int, Int) -> Void)?
    private let unclaimed = Atomic<Int>(0)
    private let unfinished = Atomic<Int>(0)
    private let isStopping = Atomic<Bool>(false)

    // Some tens of microseconds: longer spins collapse when another process wants the core.
    private static let spinsBeforeSleep = 500
    private static let spinsBeforeYield = 20_000

    init(sleepers: Int) { self.sleepers = (0..<sleepers).map { _ in Sleeper() } }

    func run(chunks: Int, _ body: (Int, Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            self.body = body
            unfinished.store(chunks, ordering: .relaxed)
            unclaimed.store(chunks, ordering: .sequentiallyConsistent)
            wakeUp()
            takeChunks(thread: 0)
            var spins = 0
            while unfinished.load(ordering: .acquiring) > 0 {
                spins += 1
                if spins < Self.spinsBeforeYield { dragoman_spin_hint() } else { sched_yield() }
            }
            self.body = nil
        }
    }

    func serve(_ sleeper: Sleeper, thread: Int) {
        var spins = 0
        while !isStopping.load(ordering: .sequentiallyConsistent) {
            if takeChunks(thread: thread) {
                spins = 0
            } else if spins < Self.spinsBeforeSleep {
                spins += 1
                dragoman_spin_hint()
            } else {
                sleep(sleeper)
            }
        }
    }

    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        wakeUp()
    }

    /// Computes chunks until none is left; whether there was any.
    @discardableResult
    private func takeChunks(thread: Int) -> Bool {
        var took = false
        while let chunk = claim() {
            took = true
            body?(chunk, thread)
            unfinished.subtract(1, ordering: .acquiringAndReleasing)
        }
        return took
    }

    private func claim() -> Int? {
        var seen = unclaimed.load(ordering: .sequentiallyConsistent)
        while seen > 0 {
            let (exchanged, original) = unclaimed.compareExchange(
                expected: seen, desired: seen - 1, ordering: .sequentiallyConsistent)
            if exchanged { return seen - 1 }
            seen = original
        }
        return nil
    }

    private func sleep(_ sleeper: Sleeper) {
        sleeper.isSleeping.store(true, ordering: .sequentiallyConsistent)
        let mayMissIt =
            unclaimed.load(ordering: .sequentiallyConsistent) > 0
            || isStopping.load(ordering: .sequentiallyConsistent)
        // Either the caller of `run` has seen `isSleeping` and signals, or this thread takes it back and goes on.
        if mayMissIt, sleeper.isSleeping.exchange(false, ordering: .sequentiallyConsistent) { return }
        sleeper.wakeUp.wait()
    }

    private func wakeUp() {
        for sleeper in sleepers where sleeper.isSleeping.exchange(false, ordering: .sequentiallyConsistent) {
            sleeper.wakeUp.signal()
        }
    }
}
