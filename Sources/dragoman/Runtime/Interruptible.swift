import Platform

/// Runs `body` in a task that SIGTERM or SIGINT cancels; a second signal ends the process at once.
func interruptible<Success: Sendable>(
    _ body: @escaping @Sendable () async throws -> Success
) async throws -> Success {
    let task = Task(operation: body)
    let signals = TerminationSignals { task.cancel() }
    defer { signals.stop() }
    return try await task.value
}
