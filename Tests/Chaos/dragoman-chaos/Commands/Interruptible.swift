import Platform

/// Runs `body` in a task that SIGTERM or SIGINT cancels; a second signal ends the process at once.
func interruptible<Success: Sendable>(
    _ body: @escaping @Sendable () async throws -> Success
) async throws -> Success {
    let (gate, opening) = AsyncStream<Never>.makeStream()
    let task = Task {
        // Not before the signals are listened to: they would end the process.
        for await _ in gate {}
        return try await body()
    }
    let signals = TerminationSignals { task.cancel() }
    defer { signals.stop() }
    opening.finish()
    return try await task.value
}
