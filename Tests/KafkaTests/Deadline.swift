import Testing

/// Fails instead of hanging. Generous: it is not a measurement.
@discardableResult
func withDeadline<Value: Sendable>(
    _ limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            // When the test cancels what it waits for, the body's own answer to that counts.
            guard (try? await Task.sleep(for: limit)) != nil else { return nil }
            Issue.record("not done within \(limit)", sourceLocation: sourceLocation)
            throw CancellationError()
        }
        defer { group.cancelAll() }
        for try await value in group {
            if let value { return value }
        }
        throw CancellationError()
    }
}

extension AsyncSequence where Self: Sendable, Element: Sendable {
    /// The next elements, as many as asked for.
    func take(_ count: Int) async throws -> [Element] {
        try await withDeadline {
            var elements: [Element] = []
            for try await element in self {
                elements.append(element)
                if elements.count == count { break }
            }
            return elements
        }
    }
}
