/// A limit to how long something may take.
package enum TimeLimit {
    /// Runs `body` in a task that is cancelled when the time is up, or when the calling one is; it says itself what was
    /// done by then.
    /// - Parameter limit: `nil` for none.
    package static func run<Value: Sendable>(
        _ limit: Duration?, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let working = Task { try await body() }
        let timer = limit.map { limit in
            Task {
                try await Task.sleep(for: limit)
                working.cancel()
            }
        }
        defer { timer?.cancel() }
        return try await withTaskCancellationHandler {
            try await working.value
        } onCancel: {
            working.cancel()
        }
    }
}
