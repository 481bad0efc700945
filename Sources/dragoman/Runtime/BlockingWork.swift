import Dispatch

/// Work that blocks its thread, or computes for long, away from Swift's cooperative threads.
enum BlockingWork {
    private static let queue = DispatchQueue(label: "dragoman.blocking", attributes: .concurrent)

    static func run<Success: Sendable>(_ body: @escaping @Sendable () throws -> Success) async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: body)) }
        }
    }
}
