import Dispatch
import Synchronization

/// Calls into storage. They may hang in the kernel, as on a network mount whose server is gone, and nothing ends them
/// then: who waits for one is let go when cancelled, and the call is left to itself.
final class StorageCalls: Sendable {
    private struct State {
        var nextID = 0
        /// The calls that have not returned, and since when nobody waits for them.
        var running: [Int: ContinuousClock.Instant?] = [:]
    }

    private let limit: Int
    private let patience: Duration
    private let state = Mutex(State())
    private let turns = AsyncSemaphore(permits: 1)
    private let queue = DispatchQueue(label: "dragoman.storage", attributes: .concurrent)

    /// Creates an account of calls.
    /// - Parameters:
    ///   - limit: Calls that may hang, each with a thread, before the worker gives up.
    ///   - patience: After so long, a call holds no other up, and hangs if nobody waits for it.
    init(limit: Int = 16, patience: Duration = .seconds(30)) {
        self.limit = limit
        self.patience = patience
    }

    /// Calls that hang.
    var hangingCount: Int {
        let latest = ContinuousClock.now - patience
        return state.withLock { $0.running.values.count { $0.map { $0 < latest } ?? false } }
    }

    /// Runs something that calls into storage.
    /// - Throws: ``WorkerError`` when too many hang already; `CancellationError`, at once, when the task is cancelled.
    func run<Success: Sendable>(_ body: @escaping @Sendable () async throws -> Success) async throws -> Success {
        try check()
        return try await perform(body)
    }

    /// Runs something that blocks its thread, one after another.
    /// - Throws: As ``run(_:)``.
    func runBlocking<Success: Sendable>(_ body: @escaping @Sendable () throws -> Success) async throws -> Success {
        try check()
        try await turns.acquire()
        let turn = Turn(turns)
        let timer = Task { [patience] in
            try await Task.sleep(for: patience)
            turn.end()
        }
        return try await perform { [queue] in
            defer {
                timer.cancel()
                turn.end()
            }
            return try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result(catching: body)) }
            }
        }
    }

    private func perform<Success: Sendable>(
        _ body: @escaping @Sendable () async throws -> Success
    ) async throws -> Success {
        let id = begin()
        let (outcomes, outcome) = AsyncStream<Result<Success, any Error>>.makeStream()
        let work = Task {
            let result = await Result(catching: body)
            end(id)
            outcome.yield(result)
        }
        for await outcome in outcomes { return try outcome.get() }
        work.cancel()
        abandon(id)
        throw CancellationError()
    }

    private func check() throws {
        guard hangingCount >= limit else { return }
        throw WorkerError(
            .storageHangs,
            "\(limit) calls into the audio storage have not returned, long after their jobs were given up: the storage, "
                + "perhaps a network mount, hangs; start the worker again when it answers")
    }

    private func begin() -> Int {
        state.withLock { state in
            defer { state.nextID += 1 }
            state.running[state.nextID] = .some(nil)
            return state.nextID
        }
    }

    private func end(_ id: Int) {
        state.withLock { _ = $0.running.removeValue(forKey: id) }
    }

    private func abandon(_ id: Int) {
        state.withLock { state in
            if state.running.keys.contains(id) { state.running[id] = .now }
        }
    }
}

/// A permit that is given back once, by whoever is first.
private final class Turn: Sendable {
    private let isOver = Atomic(false)
    private let turns: AsyncSemaphore

    init(_ turns: AsyncSemaphore) {
        self.turns = turns
    }

    func end() {
        if !isOver.exchange(true, ordering: .relaxed) { turns.release() }
    }
}
