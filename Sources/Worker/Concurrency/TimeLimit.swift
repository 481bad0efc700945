import Synchronization

/// Something took longer than it may.
struct TimeLimitPassed: Error {}

/// Has a limit of time begin anew whenever there is something to show for it.
final class TimeLimitRenewal: Sendable {
    private let latest = Mutex(ContinuousClock.now)

    /// When it began.
    var instant: ContinuousClock.Instant { latest.withLock { $0 } }

    /// Begins it anew.
    func renew() { latest.withLock { $0 = .now } }
}

/// Runs something in a task of its own for at most so long, after `renewal` was renewed if there is one. When the time is up, or the caller is cancelled, it is
/// cancelled and left alone, whether it heeds that or not.
/// - Throws: ``TimeLimitPassed``, `CancellationError`, and what `body` throws.
func withTimeLimit<Success: Sendable>(
    _ limit: Duration, renewal: TimeLimitRenewal? = nil, _ body: @escaping @Sendable () async throws -> Success
) async throws -> Success {
    let (outcomes, outcome) = AsyncStream<Result<Success, any Error>>.makeStream()
    let work = Task { outcome.yield(await Result(catching: body)) }
    let timer = Task {
        if let renewal {
            while renewal.instant + limit > .now {
                try await Task.sleep(until: renewal.instant + limit, clock: .continuous)
            }
        } else {
            try await Task.sleep(for: limit)
        }
        outcome.yield(.failure(TimeLimitPassed()))
    }
    defer {
        work.cancel()
        timer.cancel()
    }
    for await outcome in outcomes { return try outcome.get() }
    throw CancellationError()
}
