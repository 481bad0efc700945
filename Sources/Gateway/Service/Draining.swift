import GRPCCore
import Synchronization

/// Tells streams without an end that the gateway stops.
final class Draining: Sendable {
    private let isRaised = Mutex(false)
    private let signal = ChangeSignal()

    func raise() {
        isRaised.withLock { $0 = true }
        signal.raise()
    }

    /// Runs a stream until it ends or the gateway stops.
    /// - Throws: `RPCError` (unavailable) in the latter case.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let raised = signal.listen()
        if isRaised.withLock({ $0 }) { throw Self.stopping }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(operation: body)
            group.addTask {
                for await _ in raised { throw Self.stopping }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private static var stopping: RPCError {
        RPCError(code: .unavailable, message: "the gateway stops: go on at another one")
    }
}
