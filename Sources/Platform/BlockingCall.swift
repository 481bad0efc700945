import Dispatch

/// Runs work that blocks away from Swift's cooperative threads.
public enum BlockingCall {
    private static let queue = DispatchQueue(label: "dragoman.blocking", attributes: .concurrent)

    /// - Parameter body: looks at the flag from time to time.
    public static func run<Value: Sendable>(
        _ body: @escaping @Sendable (CancellationFlag) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Result { try body(flag) }) }
            }
        } onCancel: {
            flag.raise()
        }
    }
}
