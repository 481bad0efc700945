import Dispatch

extension DispatchQueue {
    /// Runs a blocking call on this queue while the calling task is suspended, so that Swift's cooperative threads stay free.
    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
