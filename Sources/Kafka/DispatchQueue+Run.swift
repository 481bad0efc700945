import Dispatch

extension DispatchQueue {
    /// Runs a blocking call on this queue while the calling task is suspended, so that Swift's cooperative threads stay free.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            async { continuation.resume(with: Result(catching: body)) }
        }
    }

    /// Runs a blocking call on this queue like ``run(_:)``, but a cancelled task does not wait for its end.
    func runCancellably<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let (answers, continuation) = AsyncThrowingStream.makeStream(of: Value.self)
        async {
            continuation.yield(with: Result(catching: body))
            continuation.finish()
        }
        for try await answer in answers { return answer }
        throw CancellationError()
    }
}
