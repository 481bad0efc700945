/// A task waits at it until it is opened, or the task is cancelled.
struct Gate: Sendable {
    private let opening = AsyncStream<Void>.makeStream()

    func open() { opening.continuation.finish() }

    /// - Throws: `CancellationError`.
    func wait() async throws {
        for await _ in opening.stream {}
        try Task.checkCancellation()
    }
}
