/// Waits for something, but not for longer than until a deadline: what has not ended by then is cancelled and left alone,
/// whether it heeds that or not.
/// - Returns: Whether it ended in time.
func ends(
    by deadline: ContinuousClock.Instant, _ body: @escaping @Sendable () async -> Void
) async -> Bool {
    let (outcomes, outcome) = AsyncStream<Bool>.makeStream()
    let work = Task {
        await body()
        outcome.yield(true)
    }
    let timer = Task {
        try await Task.sleep(until: deadline, clock: .continuous)
        outcome.yield(false)
    }
    defer {
        work.cancel()
        timer.cancel()
    }
    for await ended in outcomes { return ended }
    return false
}
